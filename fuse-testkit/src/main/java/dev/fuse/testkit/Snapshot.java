package dev.fuse.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a folder holds.
 *
 * @param files their kind, rights and content by relative path
 * @param times when each was last changed
 */
record Snapshot(Map<String, String> files, Map<String, String> times) {

  /** Of all whose relative path counts. */
  static Snapshot of(Path folder, Predicate<Path> counts) throws IOException {
    var files = new TreeMap<String, String>();
    var times = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : paths.toList()) {
        var relative = folder.relativize(path);
        if (counts.test(relative)) {
          files.put(relative.toString(), state(path));
          times.put(
              relative.toString(),
              Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toString());
        }
      }
    }
    return new Snapshot(files, times);
  }

  private static String state(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    var rights = Files.getPosixFilePermissions(path).stream().sorted().toList();
    if (Files.isDirectory(path)) {
      return "folder " + rights;
    }
    return Files.isRegularFile(path) ? rights + " " + hash(path) : "other";
  }

  private static String hash(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
