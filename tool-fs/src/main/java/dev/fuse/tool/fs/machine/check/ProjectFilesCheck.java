package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.file.TreeWalk;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Scripts that cannot run and links that lead nowhere, as far as that is seen in half a second. */
final class ProjectFilesCheck implements MachineCheck {

  private static final int MOST = 20_000;
  private static final int NAMED = 5;
  private static final long MILLIS = 500;
  private static final Pattern MEANT_TO_RUN =
      Pattern.compile("gradlew|mvnw|configure|install\\.sh|.*/bin/[^/.]+|[^/]+\\.sh");

  private final Place place;
  private final List<String> notExecutable = new ArrayList<>();
  private final List<String> windows = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int looked;

  ProjectFilesCheck(Place place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "scripts and links of this folder";
  }

  @Override
  public List<Finding> findings() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    boolean[] cut = {false};
    TreeWalk.of(
        place.directory(),
        false,
        () ->
            cut[0] |=
                looked > MOST || System.nanoTime() > end || Thread.currentThread().isInterrupted(),
        this::look);
    var found = new ArrayList<Finding>();
    add(
        windows,
        "starts with '#!' and has CRLF line ends",
        "the kernel looks for an interpreter whose name ends in a carriage return: \"bad"
            + " interpreter\" or \"not found\"",
        "convert it to LF, and set 'eol=lf' in .gitattributes",
        Finding.Severity.ERROR,
        found);
    add(
        notExecutable,
        "is a script and not executable",
        "\"permission denied\" when it is run as ./name",
        "chmod +x it, and 'git update-index --chmod=+x'",
        Finding.Severity.WARNING,
        found);
    add(
        broken,
        "is a link that leads nowhere",
        "its target was moved or deleted",
        "point it to the new place, or delete it",
        Finding.Severity.WARNING,
        found);
    if (cut[0]) {
      found.add(
          Finding.info(
                  "this folder",
                  Shown.count(looked, "entry").replace("entrys", "entries") + " looked at")
              .notChecked("scripts and links in the rest of this folder"));
    }
    return found;
  }

  private boolean look(Path path, BasicFileAttributes attributes) {
    looked++;
    if (attributes.isSymbolicLink()) {
      if (!Files.exists(path)) {
        broken.add(place.shown(path));
      }
      return true;
    }
    if (attributes.isRegularFile()
        && attributes.size() > 2
        && attributes.size() < 1 << 20
        && mayBeScript(path)) {
      script(path);
    }
    return true;
  }

  private static boolean mayBeScript(Path path) {
    var name = path.getFileName().toString();
    return !name.contains(".")
        || name.endsWith(".sh")
        || name.endsWith(".py")
        || name.endsWith(".pl");
  }

  private void script(Path path) {
    var line = firstLine(path);
    if (line.filter(text -> text.startsWith("#!")).isEmpty()) {
      return;
    }
    if (line.get().endsWith("\r")) {
      windows.add(place.shown(path));
    }
    var relative = place.directory().relativize(path).toString();
    if (!Files.isExecutable(path) && MEANT_TO_RUN.matcher(relative).matches()) {
      notExecutable.add(place.shown(path));
    }
  }

  private static Optional<String> firstLine(Path path) {
    try (var in = Files.newInputStream(path)) {
      var head = new String(in.readNBytes(256), StandardCharsets.ISO_8859_1);
      int end = head.indexOf('\n');
      return end < 0 ? Optional.of(head) : Optional.of(head.substring(0, end));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void add(
      List<String> paths,
      String seen,
      String cause,
      String next,
      Finding.Severity severity,
      List<Finding> found) {
    if (paths.isEmpty()) {
      return;
    }
    paths.sort(null);
    var named = String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())));
    int more = paths.size() - NAMED;
    found.add(
        new Finding(
            severity,
            paths.getFirst(),
            named + (more > 0 ? " and " + more + " more: each " : " ") + seen,
            cause,
            next,
            List.of()));
  }
}
