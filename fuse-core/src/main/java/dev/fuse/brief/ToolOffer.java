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
  private static final int BUDGET = 1_200;

  /** How many that only the question calls for come before what the scenario wants. */
  private static final int BEST = 3;

  private final List<ToolSpec> all;
  private final Set<String> offered = new LinkedHashSet<>();

  private ToolOffer(List<ToolSpec> all) {
    this.all = all;
  }

  /**
   * An offer.
   *
   * @param plan whether only reading tools are offered
   * @param always names that are offered whatever they take
   * @param wanted names that a scenario asks for, the most important first
   * @param ranked what the question calls for, the best first
   */
  public static ToolOffer of(
      List<ToolSpec> tools,
      boolean plan,
      Collection<String> always,
      Collection<String> wanted,
      List<ToolSpec> ranked) {
    var offer = new ToolOffer(tools.stream().filter(tool -> !plan || tool.reading()).toList());
    offer.add(always);
    int left = BUDGET - Tokens.estimate(offer.specs());
    for (var tool : offer.inOrder(wanted, ranked)) {
      left -= Tokens.estimate(List.of(tool));
      if (left < 0) {
        break;
      }
      offer.add(List.of(tool.name()));
    }
    return offer;
  }

  /**
   * Those that scenario and question both call for, the question's best of the same systems, the
   * scenario's, the rest: "checkout" is a word of Git and the name of a service.
   */
  private Collection<ToolSpec> inOrder(Collection<String> wanted, List<ToolSpec> ranked) {
    var byName = all.stream().collect(Collectors.toMap(ToolSpec::name, tool -> tool));
    var ordered = new LinkedHashSet<ToolSpec>();
    ranked.stream().filter(tool -> wanted.contains(tool.name())).forEach(ordered::add);
    var prefixes = wanted.stream().map(ToolOffer::prefix).collect(Collectors.toSet());
    ranked.stream()
        .filter(tool -> prefixes.contains(prefix(tool.name())))
        .limit(BEST)
        .forEach(ordered::add);
    wanted.stream()
        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
        .forEach(ordered::add);
    ordered.addAll(ranked);
    ordered.retainAll(all);
    ordered.removeIf(tool -> offered.contains(tool.name()));
    return ordered;
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
