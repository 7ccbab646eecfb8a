package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The hops of one workload, in order, and what is wrong with them. */
final class Chain {

  private final String title;
  private final List<Hop> hops = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> hidden = new LinkedHashSet<>();

  Chain(String title) {
    this.title = title;
  }

  void add(Hop hop) {
    hops.add(hop);
    if (hop.state() == Hop.State.UNKNOWN) {
      hidden.add(hop.text() + ": " + hop.proof().replace("not checked: ", ""));
    }
  }

  void hide(List<String> what) {
    hidden.addAll(what);
  }

  /**
   * Adds a hop that is broken and says why; what follows from an earlier break is only a warning.
   */
  void broken(Hop hop, Finding finding) {
    boolean first = findings.stream().noneMatch(one -> one.severity() == Severity.ERROR);
    add(hop);
    findings.add(
        first
            ? finding
            : new Finding(
                Severity.WARNING,
                finding.subject(),
                finding.seen(),
                finding.cause(),
                finding.next(),
                finding.notChecked()));
  }

  void note(Finding finding) {
    findings.add(finding);
  }

  boolean broken() {
    return hops.stream().anyMatch(hop -> hop.state() == Hop.State.BROKEN);
  }

  boolean whole() {
    return hops.stream().allMatch(hop -> hop.state() == Hop.State.OK);
  }

  List<Finding> findings() {
    var notChecked = hidden.stream().limit(6).toArray(String[]::new);
    if (findings.isEmpty()) {
      var state =
          whole()
              ? "every hop is right: " + path()
              : "no hop is seen to be wrong, and not every hop could be looked at: " + path();
      return List.of(Finding.info(title, state).notChecked(notChecked));
    }
    var all = new ArrayList<>(findings);
    all.set(0, all.get(0).notChecked(notChecked));
    return all;
  }

  private String path() {
    return hops.stream().map(Hop::text).collect(Collectors.joining(" → "));
  }

  String text() {
    return title
        + "\n"
        + hops.stream().map(hop -> "  " + hop.line()).collect(Collectors.joining("\n"));
  }

  Map<String, Object> structured() {
    return Map.of(
        "chain",
        title,
        "hops",
        hops.stream()
            .map(
                hop ->
                    Map.of("state", hop.state().name(), "text", hop.text(), "proof", hop.proof()))
            .toList());
  }
}
