package dev.fuse.tool.fs.archive;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.RealPath;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts the entries of an archive into an empty folder; one that would leave it, or more than is
 * allowed, ends everything. Links are made when all files are there, so that nothing is written
 * through one.
 */
final class Unpacking implements Archive.Visitor {

  private static final int ENTRIES = 100_000;
  private static final int RATIO = 200;
  private static final long SMALL = 100_000_000;
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  private final Path root;
  private final long most;
  private final long packed;
  private final Call call;
  private final Map<Path, String> links = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<String> skipped = new ArrayList<>();
  private long entries;
  private long bytes;

  Unpacking(Path root, long most, long packed, Call call) {
    this.root = root;
    this.most = most;
    this.packed = packed;
    this.call = call;
  }

  @Override
  public boolean visit(Archive.Entry entry, InputStream content) throws IOException {
    if (call.cancelled()) {
      throw new IOException("cancelled; nothing was unpacked");
    }
    if (++entries > ENTRIES) {
      throw tooMuch("more than " + Shown.count(ENTRIES, "entry").replace("entrys", "entries"));
    }
    var path = inside(entry);
    switch (entry.kind()) {
      case FOLDER -> Files.createDirectories(path);
      case FILE -> file(entry, path, content);
      case LINK -> {
        Files.createDirectories(parent(path));
        links.put(path, entry.target());
      }
      case HARD_LINK -> hardLink(entry, path);
      case OTHER -> skipped.add(Shown.name(entry.name()));
    }
    return true;
  }

  private Path inside(Archive.Entry entry) {
    var name = entry.name().replace('\\', '/');
    boolean leaves =
        name.startsWith("/")
            || name.matches("[A-Za-z]:.*")
            || List.of(name.split("/", -1)).contains("..");
    if (leaves || name.indexOf('\0') >= 0) {
      throw refused(entry.name(), "leads out of the folder");
    }
    var path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw refused(entry.name(), "leads out of the folder");
    }
    for (var above = path; !above.equals(root); above = parent(above)) {
      if (links.containsKey(above)) {
        throw refused(entry.name(), "would be written through a link of the archive");
      }
    }
    boolean folder = entry.kind() == Archive.Kind.FOLDER;
    if (!folder && !names.add(path.toString().toLowerCase(Locale.ROOT))) {
      throw refused(entry.name(), "stands twice, or differs by case only from another");
    }
    return path;
  }

  private void file(Archive.Entry entry, Path path, InputStream content) throws IOException {
    Files.createDirectories(parent(path));
    var options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try (var out = Channels.newOutputStream(Files.newByteChannel(path, options))) {
      var buffer = new byte[1 << 16];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        requireModest();
        out.write(buffer, 0, read);
      }
    }
    if (entry.mode() != 0) {
      Files.setPosixFilePermissions(path, permissions(entry.mode() | 0600));
    }
  }

  private void requireModest() throws IOException {
    if (call.cancelled()) {
      throw new IOException("cancelled; nothing was unpacked");
    }
    if (bytes > most) {
      throw tooMuch("more than " + Shown.size(most) + " unpacked");
    }
    if (bytes > SMALL && bytes > RATIO * packed) {
      throw tooMuch(
          "%d times its own size unpacked, which is made to fill a disk".formatted(RATIO));
    }
  }

  private void hardLink(Archive.Entry entry, Path path) throws IOException {
    var target = root.resolve(entry.target()).normalize();
    if (!target.startsWith(root) || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(
          entry.name(),
          "links to '" + Shown.name(entry.target()) + "', which is not in the archive");
    }
    Files.createDirectories(parent(path));
    Files.createLink(path, target);
  }

  /** Makes the links and looks where they lead. */
  void finish() throws IOException {
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
    var real = root.toRealPath();
    for (var link : links.entrySet()) {
      if (!RealPath.of(link.getKey()).startsWith(real)) {
        throw refused(
            root.relativize(link.getKey()).toString(),
            "is a link to '" + Shown.name(link.getValue()) + "', out of the folder");
      }
    }
  }

  ToolResult.Ok result(String to) {
    var text =
        "unpacked %s, %s into %s"
            .formatted(
                Shown.count(entries, "entry").replace("entrys", "entries"), Shown.size(bytes), to);
    return ToolResult.ok(
        skipped.isEmpty()
            ? text
            : text + "; left out devices and pipes: " + String.join(", ", skipped));
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    var set = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((mode >> i & 1) == 1) {
        set.add(BITS[i]);
      }
    }
    return set;
  }

  private static ToolFailure refused(String name, String why) {
    return ToolFailure.invalid(
        "entry '" + Shown.name(name) + "' " + why + "; nothing was unpacked",
        "do not trust this archive");
  }

  private static ToolFailure tooMuch(String what) {
    return new ToolFailure(
        ToolResult.Kind.LIMIT,
        "the archive is " + what + "; nothing was unpacked",
        "raise 'most' if that is expected");
  }
}
