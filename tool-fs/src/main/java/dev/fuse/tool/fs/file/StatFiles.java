package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fs_stat}: what the file system knows of files, and checksums. */
public record StatFiles(Place place, List<Location> locations, Optional<String> checksum) {

  private static final int CHUNK = 1 << 18;

  public static Action prepare(Place place, Arguments arguments) {
    var locations = arguments.strings("paths").stream().map(place::locate).toList();
    if (locations.isEmpty()) {
      throw ToolFailure.invalid("'paths' is empty", "name at least one file");
    }
    var stat = new StatFiles(place, locations, arguments.findString("checksum"));
    return Action.of(
        String.join(", ", locations.stream().map(Location::shown).toList()),
        locations.stream().map(Location::reading).distinct().toList(),
        stat::run);
  }

  private ToolResult run(Call call) throws IOException {
    var lines = new ArrayList<String>();
    var all = new ArrayList<Map<String, Object>>();
    for (var location : locations) {
      var values = values(location, call);
      all.add(values);
      var line = new StringBuilder(location.shown());
      values.forEach(
          (key, value) -> {
            if (!key.equals("path")) {
              line.append("  ").append(key).append(' ').append(value);
            }
          });
      lines.add(line.toString());
    }
    return ToolResult.ok(String.join("\n", lines) + "\n").structured(all);
  }

  private Map<String, Object> values(Location location, Call call) {
    var values = new LinkedHashMap<String, Object>();
    values.put("path", location.real().toString());
    try {
      var path = location.real();
      var attributes =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      values.put("kind", kind(attributes, path));
      values.put("size", attributes.size());
      values.put("mode", PosixFilePermissions.toString(attributes.permissions()));
      values.put("owner", attributes.owner().getName() + ":" + attributes.group().getName());
      values.put("changed", attributes.lastModifiedTime().toInstant().toString());
      if (location.throughLink(place.directory())) {
        values.put("leads-to", location.real().toString());
      }
      if (checksum.isPresent() && attributes.isRegularFile()) {
        values.put(checksum.get(), sum(path, checksum.get(), call));
      }
    } catch (IOException e) {
      values.put("problem", Trouble.of(e, location.asked()).result().problem());
    }
    return values;
  }

  private static String kind(PosixFileAttributes attributes, Path path) throws IOException {
    if (attributes.isDirectory()) {
      return "folder";
    }
    if (!attributes.isRegularFile()) {
      return "device, pipe or socket";
    }
    try (var in = Files.newInputStream(path)) {
      var head = in.readNBytes(512);
      return FileText.charset(head, head.length).isPresent() ? "text" : BinaryKind.of(head);
    } catch (AccessDeniedException e) {
      return "file";
    }
  }

  private static String sum(Path path, String algorithm, Call call) throws IOException {
    var digest = digest(algorithm);
    var buffer = new byte[CHUNK];
    try (var in = Files.newInputStream(path)) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (call.cancelled()) {
          throw new IOException("cancelled");
        }
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(
          switch (algorithm) {
            case "md5" -> "MD5";
            case "sha1" -> "SHA-1";
            case "sha512" -> "SHA-512";
            default -> "SHA-256";
          });
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
