package dev.fuse.cli.install;

import dev.fuse.cli.json.Json;
import dev.fuse.plugin.Descriptor;
import dev.fuse.plugin.DescriptorFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Descriptors as JSON, and beside it the same as bytes, which are read instead where they belong to
 * that JSON: at every start, before anything else.
 */
public final class JsonDescriptors implements DescriptorFormat {

  private static final String FORMAT = "format";

  /** Grows when an older Fuse could not read what a newer one writes. */
  private static final long CURRENT = 1;

  private static final long SIGNED = 0x4675736544000000L + CURRENT;

  @Override
  public Descriptor read(Path file) throws IOException {
    var quick = bytes(file);
    if (Files.exists(quick)) {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(quick));
      if (bytes.remaining() > 2 * Long.BYTES
          && bytes.getLong() == SIGNED
          && bytes.getLong() == Files.size(file)
          && PlainBytes.read(bytes) instanceof Map<?, ?> fields) {
        return DescriptorData.read(fields);
      }
    }
    return readJson(file);
  }

  private static Path bytes(Path file) {
    return file.resolveSibling(file.getFileName() + ".bin");
  }

  private static Descriptor readJson(Path file) throws IOException {
    if (!(Json.read(file) instanceof Map<?, ?> fields)) {
      throw new IOException("it holds no object");
    }
    if (!Long.valueOf(CURRENT).equals(fields.get(FORMAT))) {
      throw new IOException(
          "it has the format '%s', and this Fuse reads %d".formatted(fields.get(FORMAT), CURRENT));
    }
    return DescriptorData.read(fields);
  }

  @Override
  public void write(Path file, Descriptor descriptor) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    fields.put(FORMAT, CURRENT);
    fields.putAll(PlainData.fields(descriptor));
    var json = (Json.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    var plain = PlainBytes.write(fields);
    var quick = ByteBuffer.allocate(2 * Long.BYTES + plain.length);
    quick.putLong(SIGNED).putLong(json.length).put(plain);
    replace(file, json);
    replace(bytes(file), quick.array());
  }

  private static void replace(Path file, byte[] content) throws IOException {
    var half = file.resolveSibling(file.getFileName() + ".new");
    Files.write(half, content);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
