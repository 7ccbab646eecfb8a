package dev.fuse.inventory;

import dev.fuse.spi.InventorySource.Item;
import dev.fuse.spi.InventorySource.Link;
import dev.fuse.spi.InventorySource.Listing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The items of one world as bytes, sorted by their names, so that ten thousand of them are loaded
 * by reading a file: only what a question names is ever made an object.
 */
public final class NameTable {

  /** The most bytes of a table; what does not fit is left out. */
  static final int LARGEST = 32 << 20;

  private static final int MAGIC = 0x46555332;
  private static final int HEADER = 4 + 4 + 8 + 4 + 4 + 4;
  private static final int LONGEST = 253;

  private final byte[] bytes;
  private final ByteBuffer data;
  private final Instant listed;
  private final int items;
  private final int keys;
  private final int missing;
  private final int blob;

  private NameTable(byte[] bytes) {
    this.bytes = bytes;
    this.data = ByteBuffer.wrap(bytes);
    this.listed = Instant.ofEpochMilli(data.getLong(8));
    this.items = data.getInt(16);
    this.keys = data.getInt(20);
    this.missing = data.getInt(24);
    this.blob = HEADER + 8 * keys + 4 * items;
  }

  /**
   * A table of what was listed; names that are not harmless or hold control characters are left
   * out.
   */
  static NameTable of(Listing listing, Instant now, Predicate<String> harmless) {
    return new NameTable(new Writer(harmless).bytes(listing, now));
  }

  /**
   * The table of these bytes.
   *
   * @throws IOException if they are not what {@link #bytes()} gave
   */
  static NameTable read(byte[] bytes) throws IOException {
    var data = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER || data.getInt(0) != MAGIC || data.getInt(4) != checksum(bytes)) {
      throw new IOException("it is not an inventory, or it is damaged");
    }
    return new NameTable(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /** When this was the state of things. */
  public Instant listed() {
    return listed;
  }

  public int size() {
    return items;
  }

  /** What could not be listed. */
  public List<String> missing() {
    var cursor = new Cursor(blob);
    return IntStream.range(0, missing).mapToObj(_ -> cursor.text()).toList();
  }

  /** All items, as far as that many. */
  public List<Item> all(int most) {
    return IntStream.range(0, Math.min(items, most)).mapToObj(this::item).toList();
  }

  /** The items of that name or alias, whatever its case. */
  List<Item> find(String name) {
    var wanted = key(name);
    var found = new ArrayList<Item>();
    for (int at = first(wanted); at < keys && compare(at, wanted) == 0; at++) {
      found.add(item(data.getInt(HEADER + 4 * (keys + at))));
    }
    return found;
  }

  /** Names that one mistake makes of that one, which has the same first two letters. */
  List<String> near(String name) {
    var wanted = key(name);
    var start = Arrays.copyOf(wanted, Math.min(2, wanted.length));
    var near = new LinkedHashSet<String>();
    for (int at = first(start); at < keys && starts(at, start); at++) {
      int length = length(at);
      if (Math.abs(length - wanted.length) <= 1) {
        var text = keyText(at);
        if (Typo.between(text, new String(wanted, StandardCharsets.UTF_8))) {
          near.add(text);
        }
      }
    }
    return List.copyOf(near);
  }

  private static byte[] key(String name) {
    return name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
  }

  /** The place of the first key that is not less. */
  private int first(byte[] wanted) {
    int low = 0;
    int high = keys;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int offset(int key) {
    return blob + data.getInt(HEADER + 4 * key);
  }

  private int length(int key) {
    return data.getShort(offset(key));
  }

  private String keyText(int key) {
    return new Cursor(offset(key)).text();
  }

  private int compare(int key, byte[] wanted) {
    int from = offset(key) + 2;
    return Arrays.compareUnsigned(bytes, from, from + length(key), wanted, 0, wanted.length);
  }

  private boolean starts(int key, byte[] start) {
    int from = offset(key) + 2;
    int length = Math.min(length(key), start.length);
    return Arrays.equals(bytes, from, from + length, start, 0, start.length);
  }

  private Item item(int at) {
    var cursor = new Cursor(blob + data.getInt(HEADER + 8 * keys + 4 * at));
    var kind = cursor.text();
    var name = cursor.text();
    return new Item(kind, name, cursor.map(), cursor.texts(), cursor.links(), cursor.map());
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes, 8, bytes.length - 8);
    return (int) crc.getValue();
  }

  /** Reads one after the other. */
  private final class Cursor {
    private int at;

    Cursor(int at) {
      this.at = at;
    }

    String text() {
      int length = data.getShort(at);
      var text = new String(bytes, at + 2, length, StandardCharsets.UTF_8);
      at += 2 + length;
      return text;
    }

    private int count() {
      int count = data.getShort(at);
      at += 2;
      return count;
    }

    Map<String, String> map() {
      var map = new LinkedHashMap<String, String>();
      for (int left = count(); left > 0; left--) {
        var key = text();
        map.put(key, text());
      }
      return map;
    }

    List<String> texts() {
      int count = count();
      return IntStream.range(0, count).mapToObj(_ -> text()).toList();
    }

    List<Link> links() {
      int count = count();
      var links = new ArrayList<Link>();
      for (int i = 0; i < count; i++) {
        var kind = text();
        links.add(new Link(kind, text()));
      }
      return links;
    }
  }

  /** Writes a table. */
  private static final class Writer {
    private final Predicate<String> harmless;
    private final ByteBuffer blob = ByteBuffer.allocate(LARGEST);

    private record Key(String name, int offset, int item) {}

    Writer(Predicate<String> harmless) {
      this.harmless = harmless;
    }

    byte[] bytes(Listing listing, Instant now) {
      var reasons = listing.missing().stream().limit(20).map(Writer::cut).toList();
      reasons.forEach(this::text);
      var keys = new ArrayList<Key>();
      var offsets = new ArrayList<Integer>();
      for (var item : listing.items()) {
        if (!fits(item.name()) || blob.remaining() < 64 * 1024) {
          continue;
        }
        for (var name : names(item)) {
          var key = key(name);
          int offset = blob.position();
          blob.putShort((short) key.length).put(key);
          keys.add(new Key(name, offset, offsets.size()));
        }
        offsets.add(blob.position());
        item(item);
      }
      keys.sort((one, other) -> Arrays.compareUnsigned(key(one.name()), key(other.name())));
      var bytes = new byte[HEADER + 8 * keys.size() + 4 * offsets.size() + blob.position()];
      var data = ByteBuffer.wrap(bytes);
      data.putInt(MAGIC).putInt(0).putLong(now.toEpochMilli());
      data.putInt(offsets.size()).putInt(keys.size()).putInt(reasons.size());
      keys.forEach(key -> data.putInt(key.offset()));
      keys.forEach(key -> data.putInt(key.item()));
      offsets.forEach(data::putInt);
      data.put(blob.array(), 0, blob.position());
      data.putInt(4, checksum(bytes));
      return bytes;
    }

    private Set<String> names(Item item) {
      var names = new LinkedHashSet<String>();
      names.add(item.name().toLowerCase(Locale.ROOT));
      item.aliases().stream()
          .filter(this::fits)
          .limit(50)
          .forEach(alias -> names.add(alias.toLowerCase(Locale.ROOT)));
      return names;
    }

    private boolean fits(String name) {
      return !name.isBlank()
          && name.length() <= LONGEST
          && name.chars()
              .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
          && harmless.test(name);
    }

    private void item(Item item) {
      text(item.kind());
      text(item.name());
      map(item.coordinates());
      var aliases = item.aliases().stream().filter(this::fits).limit(50).toList();
      blob.putShort((short) aliases.size());
      aliases.forEach(this::text);
      var links = item.links().stream().filter(link -> fits(link.name())).limit(50).toList();
      blob.putShort((short) links.size());
      for (var link : links) {
        text(link.kind());
        text(link.name());
      }
      map(item.details());
    }

    private void map(Map<String, String> map) {
      var kept = map.entrySet().stream().filter(it -> fits(it.getValue())).limit(20).toList();
      blob.putShort((short) kept.size());
      for (var entry : kept) {
        text(entry.getKey());
        text(entry.getValue());
      }
    }

    private static String cut(String text) {
      var plain = text.replaceAll("\\p{Cntrl}+", " ");
      return plain.substring(0, Math.min(LONGEST, plain.length()));
    }

    private void text(String text) {
      var bytes = cut(text).getBytes(StandardCharsets.UTF_8);
      blob.putShort((short) bytes.length).put(bytes);
    }
  }
}
