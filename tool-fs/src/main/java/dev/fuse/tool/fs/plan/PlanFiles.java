package dev.fuse.tool.fs.plan;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.file.FileState;
import dev.fuse.tool.fs.file.FindTests;
import dev.fuse.tool.fs.file.TreeWalk;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code fs_plan}: many files moved, copied and deleted as one plan, made whole or not at all. */
public record PlanFiles(Place place, List<PlanStep> steps, List<String> notes) {

  /** More is nothing that a person reads before saying yes. */
  private static final int MOST = 2000;

  public static Action prepare(Place place, Arguments arguments) {
    var check = new PlanCheck(place);
    var steps = new ArrayList<PlanStep>();
    int number = 0;
    for (var given : arguments.objects("steps")) {
      number++;
      for (var step : steps(place, given, number, check)) {
        check.step(number, step);
        steps.add(step);
        if (steps.size() > MOST) {
          throw ToolFailure.invalid(
              "the plan has more than " + MOST + " files", "split it, or move whole folders");
        }
      }
    }
    if (steps.isEmpty()) {
      throw ToolFailure.invalid("the plan has no steps", "give at least one");
    }
    return new PlanFiles(place, List.copyOf(steps), check.notes()).action();
  }

  private static List<PlanStep> steps(Place place, Arguments given, int number, PlanCheck check) {
    var action = given.string("action");
    var sources = sources(place, given.string("path"));
    boolean needsTo = action.equals("move") || action.equals("copy");
    if (needsTo && !given.has("to")) {
      throw ToolFailure.invalid(
          "step " + number + ": '" + action + "' needs 'to'", "name the new path or folder");
    }
    var steps = new ArrayList<PlanStep>();
    for (var source : sources) {
      steps.add(
          switch (action) {
            case "move" ->
                new PlanStep.Move(source, to(place, given, source, sources.size(), check));
            case "copy" ->
                new PlanStep.Copy(source, to(place, given, source, sources.size(), check));
            case "delete" -> new PlanStep.Delete(source);
            case "tidy" -> new PlanStep.Tidy(source);
            default -> new PlanStep.Folder(source);
          });
    }
    return steps;
  }

  /** A folder takes things in under their own name, as {@code mv} does. */
  private static Location to(
      Place place, Arguments given, Location source, int many, PlanCheck check) {
    var text = given.string("to");
    var to = place.locateLink(text);
    boolean respelt = to.real().toString().equalsIgnoreCase(source.real().toString());
    boolean into = text.endsWith("/") || many > 1 || (check.willBeFolder(to.real()) && !respelt);
    var name = source.real().getFileName();
    return into && name != null ? place.locateLink(to.real().resolve(name).toString()) : to;
  }

  /** The one path, or those that a glob fits; a file of that very name comes first. */
  private static List<Location> sources(Place place, String text) {
    var one = place.locateLink(text);
    boolean glob = text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    if (!glob || Files.exists(one.real(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of(one);
    }
    int slash = text.substring(0, firstMagic(text)).lastIndexOf('/');
    var base = place.locate(slash < 0 ? "." : text.substring(0, Math.max(1, slash))).real();
    var pattern = text.substring(slash + 1);
    var fits = FindTests.glob(base, pattern);
    boolean deep = pattern.contains("/") || pattern.contains("**");
    var found = new ArrayList<Path>();
    TreeWalk.of(
        base,
        true,
        () -> found.size() > MOST,
        (path, attributes) -> {
          boolean below = deep || base.equals(path.getParent());
          if (below && fits.test(path)) {
            found.add(path);
            return false;
          }
          return deep && !path.endsWith(".git");
        });
    if (found.isEmpty()) {
      throw ToolFailure.notFound("nothing fits '" + text + "'", "look with fs_list");
    }
    found.sort(Comparator.naturalOrder());
    return found.stream().map(path -> place.locateLink(path.toString())).toList();
  }

  private static int firstMagic(String text) {
    int at = 0;
    while (at < text.length() && "*?[{".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private Action action() {
    var effects = new ArrayList<Effect>();
    steps.forEach(step -> effects.addAll(step.effects()));
    effects.sort(Comparator.comparing(Effect::risk).reversed());
    var counts =
        steps.stream()
            .collect(
                Collectors.groupingBy(
                    step -> step.shown().substring(0, step.shown().indexOf(' ')),
                    TreeMap::new,
                    Collectors.counting()));
    var summary =
        "plan: "
            + counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    return Action.of(summary, effects.stream().distinct().toList(), this::run)
        .at(version(steps))
        .within(Duration.ofMinutes(10))
        .showing(() -> Preview.text(summary, preview()));
  }

  private String preview() {
    return PlanText.of(place, steps, notes);
  }

  private static String version(List<PlanStep> steps) {
    var states =
        steps.stream()
            .flatMap(step -> step.places().stream())
            .map(location -> location.real() + " " + FileState.of(location.real()))
            .collect(Collectors.joining("\n"));
    return Content.hash(states.getBytes(StandardCharsets.UTF_8));
  }

  private ToolResult run(Call call) {
    requireSame();
    var undo = new PlanRun(place, call).run(steps);
    var text = "done, %s%n%s".formatted(Shown.count(steps.size(), "step"), preview());
    var result = ToolResult.ok(text).structured(Map.of("steps", (long) steps.size()));
    if (undo.isEmpty()) {
      return result;
    }
    return result.undo(
        new Undo(
            "fs_plan",
            Map.of("steps", undo),
            "everything is where it was",
            Optional.empty(),
            List.of()));
  }

  /** A folder on the way that has become a link would lead elsewhere than what was approved. */
  private void requireSame() {
    for (var step : steps) {
      for (var location : step.places()) {
        if (!place.locateLink(location.asked()).real().equals(location.real())) {
          throw new ToolFailure(
              ToolResult.Kind.CONFLICT,
              "'" + location.shown() + "' leads elsewhere now; nothing was changed",
              "make the plan again");
        }
      }
    }
  }
}
