package dev.fuse.cli.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON as JDK maps, lists, strings, {@link Long}, {@link java.math.BigInteger}, {@link Double},
 * {@link Boolean} and null, with the streaming part of Jackson, which starts faster than the rest.
 */
public final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(256 << 20).build())
          .build();

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws IOException saying what is wrong with it, with line and column
   */
  public static @Nullable Object read(String text) throws IOException {
    try (var parser = FACTORY.createParser(text)) {
      return whole(parser);
    }
  }

  /**
   * Reads a file that holds one value.
   *
   * @throws IOException saying what is wrong with it, with line and column
   */
  public static @Nullable Object read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /** The same from a stream. */
  public static @Nullable Object read(InputStream in) throws IOException {
    try (var parser = FACTORY.createParser(in)) {
      return whole(parser);
    }
  }

  /**
   * Reads one object.
   *
   * @throws IOException also if the value is something else
   */
  public static Map<String, @Nullable Object> object(String text) throws IOException {
    return object(read(text));
  }

  /** The value as an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> object(@Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IOException("an object is expected");
  }

  /** On one line. */
  public static String write(@Nullable Object value) {
    return write(value, false);
  }

  /** Indented, for people. */
  public static String writeIndented(@Nullable Object value) {
    return write(value, true);
  }

  private static String write(@Nullable Object value, boolean indented) {
    var text = new StringWriter();
    write(value, text, indented);
    return text.toString();
  }

  private static void write(@Nullable Object value, Writer out, boolean indented) {
    try (var generator = FACTORY.createGenerator(out)) {
      if (indented) {
        generator.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      put(value, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object whole(JsonParser parser) throws IOException {
    try {
      parser.nextToken();
      var value = value(parser);
      if (parser.nextToken() != null) {
        throw new IOException("there is more after the end of the value");
      }
      return value;
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      var at =
          where == null
              ? ""
              : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
      var what = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new IOException(at + what.replaceFirst(" \\(start marker at.*", ""), e);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    var token = parser.currentToken();
    if (token == null) {
      throw new IOException("it is empty");
    }
    return switch (token) {
      case START_OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getText();
      case VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
          throw new IOException("a value is expected");
    };
  }

  private static void put(@Nullable Object value, JsonGenerator generator) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (var entry : map.entrySet()) {
          generator.writeFieldName(String.valueOf(entry.getKey()));
          put(entry.getValue(), generator);
        }
        generator.writeEndObject();
      }
      case Iterable<?> items -> {
        generator.writeStartArray();
        for (var item : items) {
          put(item, generator);
        }
        generator.writeEndArray();
      }
      case Optional<?> maybe -> put(maybe.orElse(null), generator);
      case Boolean truth -> generator.writeBoolean(truth);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case java.math.BigInteger number -> generator.writeNumber(number);
      case java.math.BigDecimal number -> generator.writeNumber(number);
      case Float number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case Number number -> generator.writeNumber(number.longValue());
      default -> generator.writeString(value.toString());
    }
  }
}
