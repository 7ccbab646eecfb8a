package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code fs_search}: names and lines that match. */
public record SearchFiles(
    Place place, Location root, Needle needle, Optional<String> glob, int limit) {

  private static final int WIDTH = 300;

  public static Action prepare(Place place, Arguments arguments) {
    var root = place.locate(arguments.string("path", "."));
    var pattern = arguments.string("pattern");
    if (pattern.isEmpty()) {
      throw ToolFailure.invalid("'pattern' is empty", "use '.' to match every line");
    }
    var search =
        new SearchFiles(
            place,
            root,
            Needle.of(pattern),
            arguments.findString("glob"),
            arguments.integer("limit", 100));
    search.wanted();
    return Action.of(
        "'" + Shown.line(pattern, 80) + "' in " + root.shown(), root.reading(), search::run);
  }

  private ToolResult run(Call call) throws InterruptedException {
    var end = call.deadline().minusMillis(500);
    var search =
        new TreeSearch(
            needle,
            wanted(),
            place.known(),
            limit,
            call,
            () -> call.cancelled() || Instant.now().isAfter(end));
    try {
      var attributes =
          Content.attributes(root.real()).orElseThrow(() -> new NoSuchFileException(root.asked()));
      if (attributes.isDirectory()) {
        search.tree(root.real());
      } else {
        Content.requireRegular(root, attributes);
        search.file(root.real());
      }
    } catch (IOException e) {
      throw Trouble.of(e, root.asked());
    }
    return answer(search);
  }

  private ToolResult answer(TreeSearch search) {
    var hits = new ArrayList<>(search.hits);
    hits.sort(Comparator.comparing(TreeSearch.Hit::file).thenComparing(TreeSearch.Hit::line));
    var names = search.names.stream().sorted().toList();
    var text = new StringBuilder(heading(search, hits.size(), names.size()));
    names.forEach(name -> text.append(place.shown(name)).append('\n'));
    for (var hit : hits) {
      text.append(place.shown(hit.file())).append(':').append(hit.line()).append(": ");
      text.append(around(hit.text())).append('\n');
    }
    search.cut.stream()
        .sorted()
        .forEach(file -> text.append("more in ").append(place.shown(file)).append('\n'));
    var lines = hits.stream().map(TreeSearch.Hit::text).toList();
    var secrets =
        root.credential() ? CredentialText.secrets(root.real(), lines) : new ToolResult.Secret[0];
    return ToolResult.ok(text.toString())
        .secrets(secrets)
        .structured(
            Map.of(
                "names", names.stream().map(Path::toString).toList(),
                "hits", hits.stream().map(SearchFiles::structured).toList(),
                "complete", !search.stopped() && search.cut.isEmpty()));
  }

  private String heading(TreeSearch search, int hits, int names) {
    var searched = Shown.count(search.files.sum(), "file");
    var skipped = new ArrayList<String>();
    skip(skipped, search.binary.sum(), "binary");
    skip(skipped, search.ignored.sum(), "ignored");
    skip(skipped, search.unreadable.sum(), "unreadable");
    var secret = search.credentials.stream().sorted().limit(5).map(place::shown).toList();
    if (!secret.isEmpty()) {
      skipped.add(
          "may hold credentials, name one as path to search it: " + String.join(", ", secret));
    }
    var found =
        hits + names == 0
            ? "nothing found"
            : Shown.count(hits, "line") + (names == 0 ? "" : ", " + Shown.count(names, "name"));
    var end =
        search.incomplete()
            ? "; stopped at the limit of " + limit + ", there is more"
            : search.stopped() ? "; stopped by time, the rest was not searched" : "";
    return "%s; %s searched%s%s%n"
        .formatted(
            found,
            searched,
            skipped.isEmpty() ? "" : "; skipped: " + String.join(", ", skipped),
            end);
  }

  private static void skip(List<String> skipped, long count, String what) {
    if (count > 0) {
      skipped.add(count + " " + what);
    }
  }

  private static Map<String, Object> structured(TreeSearch.Hit hit) {
    return Map.of(
        "path",
        hit.file().toString(),
        "line",
        hit.line(),
        "text",
        hit.text().substring(0, Math.min(hit.text().length(), 4 * WIDTH)));
  }

  /** Of a long line what stands around the match. */
  private String around(String text) {
    if (text.length() <= WIDTH) {
      return Shown.line(text.strip(), WIDTH);
    }
    var matcher = needle.pattern().matcher(text);
    int at = matcher.find() ? matcher.start() : 0;
    int start = Math.max(0, at - WIDTH / 3);
    return (start > 0 ? "…" : "") + Shown.line(text.substring(start), WIDTH);
  }

  private Predicate<Path> wanted() {
    return glob.map(text -> FindTests.glob(root.real(), text)).orElse(path -> true);
  }
}
