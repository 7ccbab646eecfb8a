package dev.fuse.cli.rules;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.ConfigEditor;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.gate.Gate;
import dev.fuse.gate.RulePolicy;
import dev.fuse.rule.Rule;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Verdict;
import dev.fuse.text.Glob;
import java.util.ArrayList;
import java.util.List;

/** What the gate rules by, from settings, flags and plugins; and what it is told to keep. */
public record RuleStore(Invocation invocation, Resources resources) {

  public Gate.Policies policies(boolean plan) {
    var settings = resources.settings();
    requireKnownKeys();
    var tightening = new ArrayList<ConfirmationPolicy>();
    for (var rule : settings.permissions("deny")) {
      tightening.add(new RulePolicy(Verdict.DENY, List.of(rule.rule()), rule.reason()));
    }
    for (var rule : settings.permissions("ask")) {
      tightening.add(new RulePolicy(Verdict.ASK, List.of(rule.rule()), rule.reason()));
    }
    tightening.addAll(resources.catalog().policies());
    return new Gate.Policies(
        tightening,
        planning() ? List.of() : allowed(settings),
        plan || invocation.flags().plan(),
        settings.list("protected").stream().map(Glob::ofName).toList(),
        resources.facts());
  }

  /** What is written into a plan is asked about, whatever rules would allow it. */
  private boolean planning() {
    return invocation.flags().files().planOut().isPresent();
  }

  private static List<Rule> allowed(Settings settings) {
    return settings.permissions("allow").stream().map(Settings.PlacedRule::rule).toList();
  }

  /** A misspelt key would make a rule that never matches; tools of absent plugins are not known. */
  private void requireKnownKeys() {
    var specs = resources.catalog().specs();
    for (var list : List.of("allow", "ask", "deny")) {
      for (var placed : resources.settings().permissions(list)) {
        if (specs.stream().anyMatch(spec -> placed.rule().tool().matches(spec.name()))) {
          requireKnownKeys(placed);
        }
      }
    }
  }

  private void requireKnownKeys(Settings.PlacedRule placed) {
    try {
      placed.rule().knownBy(resources.catalog().coordinates());
    } catch (IllegalArgumentException e) {
      throw new FuseException(Kind.USAGE, placed.place() + ": " + e.getMessage(), "");
    }
  }

  /** Keeps rules that the person wants always. */
  public void remember(List<Rule> rules) {
    var key = resources.settings().known("permissions.allow");
    var file = resources.home().findFolder("").map(folder -> folder.resolve("config.yaml"));
    file.ifPresentOrElse(
        path -> {
          var editor = new ConfigEditor(path, resources.settings().keys());
          rules.forEach(rule -> editor.add(key, rule.text()));
          invocation.note("  saved in " + path);
        },
        () -> invocation.note("  not saved: there is no home folder; set FUSE_HOME"));
  }
}
