package dev.fuse.agent;

import dev.fuse.boundary.Tokens;
import dev.fuse.spi.ToolSpec;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tools a request offers: those that are called for, within a budget; more can be fetched.
 */
final class ToolOffer {

  /** For the schemas of tools that nobody asked for by name. */
  private static final int BUDGET = 1_000;

  private final List<ToolSpec> all;
  private final Set<String> offered = new LinkedHashSet<>();

  private ToolOffer(List<ToolSpec> all) {
    this.all = all;
  }

  /**
   * An offer.
   *
   * @param plan whether only reading tools are offered
   * @param wanted names that a scenario or the host asks for
   * @param ranked what the question calls for, the best first
   */
  static ToolOffer of(
      List<ToolSpec> tools, boolean plan, Collection<String> wanted, List<ToolSpec> ranked) {
    var offer = new ToolOffer(tools.stream().filter(tool -> !plan || tool.reading()).toList());
    offer.add(wanted);
    int spent = Tokens.estimate(offer.specs());
    for (var tool : ranked) {
      spent += offer.offered.contains(tool.name()) ? 0 : Tokens.estimate(List.of(tool));
      if (spent > BUDGET) {
        break;
      }
      offer.add(List.of(tool.name()));
    }
    return offer;
  }

  synchronized void add(Collection<String> names) {
    offered.addAll(names);
  }

  /** In the order of the toolbox, so that a service's cache of the beginning holds. */
  synchronized List<ToolSpec> specs() {
    return all.stream().filter(tool -> offered.contains(tool.name())).toList();
  }

  /** Names of the rest. */
  synchronized String others() {
    return all.stream()
        .map(ToolSpec::name)
        .filter(name -> !offered.contains(name) && !HostTools.NAMES.contains(name))
        .collect(Collectors.joining(" "));
  }
}
