package dev.fuse.brief;

import dev.fuse.boundary.Tokens;
import dev.fuse.spi.ToolSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tools a request offers: those that are called for, within a budget; more can be fetched.
 */
public final class ToolOffer {

  /** Tokens for the schemas of a first request; what does not fit is fetched when it is needed. */
  public static final int BUDGET = 1_200;

  /** The same where what was found already answers most of the question. */
  public static final int BUDGET_BESIDE_FINDINGS = 450;

  /** Tokens for those that were offered or called before. */
  private static final int KEPT = 900;

  /** How many that only the question calls for come before what the scenario wants. */
  private static final int BEST = 3;

  private final List<ToolSpec> all;
  private final Set<String> offered = new LinkedHashSet<>();

  private ToolOffer(List<ToolSpec> all) {
    this.all = all;
  }

  /**
   * What calls for tools.
   *
   * @param scenario names that a scenario asks for, the most important first
   * @param ranked what the question calls for, the best first
   * @param systems that the question is about; of others nothing is offered; empty where not known
   * @param earlier names that were offered or called before in the conversation, the latest first
   * @param tokens that their schemas may take
   */
  public record Wanted(
      Collection<String> scenario,
      List<ToolSpec> ranked,
      Set<String> systems,
      Collection<String> earlier,
      int tokens) {
    public Wanted {
      scenario = List.copyOf(scenario);
      ranked = List.copyOf(ranked);
      systems = Set.copyOf(systems);
      earlier = List.copyOf(earlier);
    }

    /** What a scenario and the words of a question call for. */
    public static Wanted of(Collection<String> scenario, List<ToolSpec> ranked) {
      return new Wanted(scenario, ranked, Set.of(), List.of(), BUDGET);
    }
  }

  /**
   * An offer.
   *
   * @param plan whether only reading tools are offered
   * @param always names that are offered whatever they take
   */
  public static ToolOffer of(
      List<ToolSpec> tools, boolean plan, Collection<String> always, Wanted wanted) {
    var offer = new ToolOffer(tools.stream().filter(tool -> !plan || tool.reading()).toList());
    offer.add(always);
    offer.fill(offer.inOrder(wanted), wanted.tokens() - Tokens.estimate(offer.specs()));
    offer.fill(offer.known(wanted.earlier()), KEPT);
    return offer;
  }

  /** Adds them one by one, as long as they fit. */
  private void fill(Collection<ToolSpec> tools, int tokens) {
    int left = tokens;
    for (var tool : tools) {
      left -= Tokens.estimate(List.of(tool));
      if (left < 0) {
        break;
      }
      add(List.of(tool.name()));
    }
  }

  /** Those of these names that are there and not offered yet. */
  private List<ToolSpec> known(Collection<String> names) {
    var byName = all.stream().collect(Collectors.toMap(ToolSpec::name, tool -> tool));
    return names.stream()
        .filter(name -> !offered.contains(name))
        .distinct()
        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
        .toList();
  }

  /**
   * Those that scenario and question both call for, the question's best of the same systems, the
   * scenario's, the rest: "checkout" is a word of Git and the name of a service. Where it is known
   * what the question is about, nothing of another system.
   */
  private Collection<ToolSpec> inOrder(Wanted wanted) {
    var ranked = wanted.ranked();
    var ordered = new LinkedHashSet<ToolSpec>();
    ranked.stream().filter(tool -> wanted.scenario().contains(tool.name())).forEach(ordered::add);
    var prefixes = wanted.scenario().stream().map(ToolOffer::prefix).collect(Collectors.toSet());
    ranked.stream()
        .filter(tool -> prefixes.contains(prefix(tool.name())))
        .limit(BEST)
        .forEach(ordered::add);
    ordered.addAll(known(wanted.scenario()));
    ranked.stream()
        .filter(
            tool ->
                wanted.systems().isEmpty()
                    || tool.ceiling().systems().stream().anyMatch(wanted.systems()::contains))
        .forEach(ordered::add);
    ordered.retainAll(all);
    ordered.removeIf(tool -> offered.contains(tool.name()));
    return ordered;
  }

  /** The names that are offered now. */
  public synchronized List<String> names() {
    return List.copyOf(offered);
  }

  /** Its first word with the underscore. */
  private static String prefix(String name) {
    return name.substring(0, name.indexOf('_') + 1);
  }

  public synchronized void add(Collection<String> names) {
    offered.addAll(names);
  }

  /** In the order of the toolbox, so that a service's cache of the beginning holds. */
  public synchronized List<ToolSpec> specs() {
    return all.stream().filter(tool -> offered.contains(tool.name())).toList();
  }

  /** Names of the rest, those of one prefix together, which takes a third fewer tokens. */
  public synchronized String others() {
    var groups = new LinkedHashMap<String, String>();
    for (var tool : all) {
      var name = tool.name();
      if (!offered.contains(name) && !HostTools.NAMES.contains(name)) {
        var prefix = prefix(name);
        groups.merge(prefix, name.substring(prefix.length()), (a, b) -> a + " " + b);
      }
    }
    return groups.entrySet().stream()
        .map(group -> (group.getKey() + ": " + group.getValue()).replaceFirst("^: ", ""))
        .collect(Collectors.joining("; "));
  }
}
