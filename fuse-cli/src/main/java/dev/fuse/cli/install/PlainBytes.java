package dev.fuse.cli.install;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JDK maps, lists, strings, {@link Long}, {@link Double} and {@link Boolean} as bytes. Reading them
 * takes a tenth of the time of parsing JSON in a JVM that has just started: text is copied whole
 * instead of being looked at letter by letter, and what recurs is written once.
 */
final class PlainBytes {

  private static final int LATIN = 1;
  private static final int UNICODE = 2;
  private static final int AGAIN = 3;
  private static final int LONG = 4;
  private static final int DOUBLE = 5;
  private static final int TRUE = 6;
  private static final int FALSE = 7;
  private static final int LIST = 8;
  private static final int MAP = 9;

  private PlainBytes() {}

  /**
   * The bytes of a value.
   *
   * @throws IllegalArgumentException if it holds something else
   */
  static byte[] write(Object value) {
    try {
      var bytes = new ByteArrayOutputStream();
      new Writer(new DataOutputStream(bytes), new HashMap<>()).value(value);
      return bytes.toByteArray();
    } catch (IOException never) {
      throw new IllegalStateException(never);
    }
  }

  /**
   * The value that the rest of these bytes hold.
   *
   * @throws IOException if they are cut off or something else
   */
  static Object read(ByteBuffer bytes) throws IOException {
    try {
      return new Reader(bytes, new ArrayList<>()).value();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException("it is cut off, or damaged", e);
    }
  }

  private record Writer(DataOutputStream out, Map<String, Integer> known) {

    void value(Object value) throws IOException {
      switch (value) {
        case String text -> text(text);
        case Integer number -> number(number.longValue());
        case Long number -> number(number);
        case Double number -> {
          out.writeByte(DOUBLE);
          out.writeDouble(number);
        }
        case Boolean flag -> out.writeByte(flag ? TRUE : FALSE);
        case List<?> list -> {
          out.writeByte(LIST);
          out.writeInt(list.size());
          for (var item : list) {
            value(item);
          }
        }
        case Map<?, ?> map -> {
          out.writeByte(MAP);
          out.writeInt(map.size());
          for (var entry : map.entrySet()) {
            value(entry.getKey());
            value(entry.getValue());
          }
        }
        default -> throw new IllegalArgumentException("a " + value.getClass().getName());
      }
    }

    private void number(long number) throws IOException {
      out.writeByte(LONG);
      out.writeLong(number);
    }

    private void text(String text) throws IOException {
      var before = known.get(text);
      if (before != null) {
        out.writeByte(AGAIN);
        out.writeInt(before);
        return;
      }
      known.put(text, known.size());
      boolean latin = text.chars().allMatch(it -> it < 0x100);
      var bytes = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
      out.writeByte(latin ? LATIN : UNICODE);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private record Reader(ByteBuffer in, List<String> known) {

    Object value() {
      int tag = in.get();
      return switch (tag) {
        case LATIN, UNICODE -> text(tag == LATIN);
        case AGAIN -> known.get(in.getInt());
        case LONG -> in.getLong();
        case DOUBLE -> in.getDouble();
        case TRUE -> true;
        case FALSE -> false;
        case LIST -> list();
        case MAP -> map();
        default -> throw new IllegalArgumentException("tag " + tag);
      };
    }

    private String text(boolean latin) {
      int length = in.getInt();
      int at = in.position();
      in.position(at + length);
      var charset = latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
      var text = new String(in.array(), in.arrayOffset() + at, length, charset);
      known.add(text);
      return text;
    }

    private List<Object> list() {
      int size = in.getInt();
      var list = new ArrayList<>(Math.min(size, in.remaining()));
      for (int i = 0; i < size; i++) {
        list.add(value());
      }
      return list;
    }

    private Map<String, Object> map() {
      int size = in.getInt();
      var map = LinkedHashMap.<String, Object>newLinkedHashMap(Math.min(size, in.remaining()));
      for (int i = 0; i < size; i++) {
        map.put((String) value(), value());
      }
      return map;
    }
  }
}
