package dev.fuse.cli.install;

import dev.fuse.cli.json.Json;
import dev.fuse.plugin.Descriptor;
import dev.fuse.plugin.DescriptorFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Descriptors as JSON. */
public final class JsonDescriptors implements DescriptorFormat {

  private static final String FORMAT = "format";

  /** Grows when an older Fuse could not read what a newer one writes. */
  private static final long CURRENT = 1;

  @Override
  public Descriptor read(Path file) throws IOException {
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
    var half = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(half, Json.write(fields) + "\n");
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
