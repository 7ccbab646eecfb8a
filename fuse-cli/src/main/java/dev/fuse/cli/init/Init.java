package dev.fuse.cli.init;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Looks at every part at once, and puts together what each found, also where one is cut short. */
public final class Init {

  private final List<Look> looks;
  private final Duration limit;
  private final Consumer<String> tell;

  private Init(List<Look> looks, Duration limit, Consumer<String> tell) {
    this.looks = looks;
    this.limit = limit;
    this.tell = tell;
  }

  /**
   * What is looked at.
   *
   * @param project of Google Cloud; empty for none
   * @param context of Kubernetes; empty for none
   * @param folders with their remotes; the first is where Fuse was started
   */
  public record Reach(String project, String context, Map<java.nio.file.Path, String> folders) {}

  /**
   * A look around.
   *
   * @param tell hears a line as each part ends
   */
  public static Init of(Tools tools, Reach reach, Duration limit, Consumer<String> tell) {
    var looks = new ArrayList<Look>();
    if (!reach.project().isEmpty() && tools.has("gke_clusters")) {
      looks.add(new GoogleLook(tools, reach.project()));
    }
    if (!reach.context().isEmpty() && tools.has("k8s_list")) {
      looks.add(new ClusterLook(tools, reach.context()));
    }
    reach.folders().forEach((folder, remote) -> looks.add(new FolderLook(folder, remote)));
    return new Init(looks, limit, tell);
  }

  /**
   * What was found.
   *
   * @param gitops the tools that deploy from a repository nobody named
   */
  public record Outcome(String profile, int connections, List<String> gitops) {}

  /**
   * Looks.
   *
   * @param earlier the profile as it is; empty where there is none
   * @param notes what the person said
   */
  public Outcome run(String earlier, Map<String, String> notes) {
    var found = new LinkedHashMap<Look, Found>();
    var running = new LinkedHashMap<Look, Future<?>>();
    long start = System.nanoTime();
    looks.forEach(look -> begin(look, found, running, start));
    running.forEach((look, part) -> await(look, part, found, start));
    return put(found, ProfileText.sections(earlier), notes);
  }

  private void begin(Look look, Map<Look, Found> found, Map<Look, Future<?>> running, long start) {
    var mine = new Found();
    found.put(look, mine);
    var task =
        new FutureTask<>(
            () -> {
              look.look(mine);
              tell.accept(
                  "✓ %-44s %4.1f s  %s".formatted(look.title(), seconds(start), words(mine)));
              return mine;
            });
    running.put(look, task);
    Thread.ofVirtual().name("init " + look.section()).start(task);
  }

  private void await(Look look, Future<?> part, Map<Look, Found> found, long start) {
    var mine = found.getOrDefault(look, new Found());
    try {
      long left = limit.toNanos() - (System.nanoTime() - start);
      part.get(Math.max(1, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      part.cancel(true);
      mine.missing(look.title(), "it took longer than " + limit.toSeconds() + " s");
      tell.accept("… %-44s cut short; %s".formatted(look.title(), words(mine)));
    } catch (ExecutionException e) {
      var why = String.valueOf(e.getCause());
      mine.missing(look.title(), why);
      tell.accept("✗ %-44s %s".formatted(look.title(), why));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      part.cancel(true);
      mine.missing(look.title(), "interrupted");
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static String words(Found found) {
    int connections = found.connections().size();
    var text = new StringBuilder();
    found
        .facts()
        .forEach(
            (key, value) -> {
              if (value instanceof List<?> list && text.length() < 70) {
                text.append(text.isEmpty() ? "" : ", ").append(list.size()).append(' ').append(key);
              }
            });
    if (connections > 0) {
      text.append(text.isEmpty() ? "" : ", ").append(connections).append(" workloads");
    }
    int missing = found.missing().size();
    return text + (missing == 0 ? "" : "; " + missing + " not checked");
  }

  private Outcome put(
      Map<Look, Found> found, Map<String, String> earlier, Map<String, String> notes) {
    var text = new ProfileText();
    var all = new LinkedHashMap<String, Connection>();
    var written = new ArrayList<String>();
    found.forEach(
        (look, mine) -> {
          mine.connections().forEach(one -> all.merge(one.workload(), one, Connection::and));
          var name = section(look, written);
          var before = earlier.get(name);
          if (mine.empty() && before != null) {
            text.kept(name, before, String.join("; ", mine.missing()));
          } else {
            text.section(name, mine.facts(), mine.missing());
          }
        });
    var connections = joined(all);
    if (connections.isEmpty() && earlier.containsKey("connections")) {
      text.kept("connections", earlier.getOrDefault("connections", ""), "no workload was seen");
    } else {
      text.connections(connections);
    }
    var own = earlier.getOrDefault(ProfileText.NOTES, "");
    var fresh = new LinkedHashMap<>(notes);
    fresh.keySet().removeIf(own::contains);
    text.notes(own, fresh);
    return new Outcome(text.toString(), connections.size(), gitops(found, connections, own));
  }

  /** Several folders have a section each. */
  private static String section(Look look, List<String> written) {
    long before = written.stream().filter(one -> one.startsWith(look.section())).count();
    var name = before == 0 ? look.section() : look.section() + "-" + (before + 1);
    written.add(name);
    return name;
  }

  /** A manifest without a namespace is of the one workload of its name, where there is one. */
  private static List<Connection> joined(Map<String, Connection> all) {
    var kept = new LinkedHashMap<String, Connection>();
    all.values().stream().filter(Connection::placed).forEach(one -> kept.put(one.workload(), one));
    for (var one : all.values()) {
      if (one.placed()) {
        continue;
      }
      var same = kept.values().stream().filter(other -> other.name().equals(one.name())).toList();
      if (same.size() == 1) {
        kept.put(same.get(0).workload(), same.get(0).and(one));
      } else {
        kept.put(one.workload(), one);
      }
    }
    return kept.values().stream().sorted(Comparator.comparing(Connection::workload)).toList();
  }

  private static List<String> gitops(
      Map<Look, Found> found, List<Connection> connections, String notes) {
    boolean known =
        notes.contains("gitops-repository")
            || connections.stream()
                .anyMatch(
                    one ->
                        one.parts().containsKey("application")
                            && one.parts().containsKey("repository"));
    return found.values().stream()
        .map(one -> one.facts().getOrDefault("software", List.of()))
        .filter(List.class::isInstance)
        .flatMap(one -> ((List<?>) one).stream())
        .map(String::valueOf)
        .filter(one -> one.equals("Argo CD") || one.equals("Flux"))
        .filter(_ -> !known)
        .distinct()
        .toList();
  }
}
