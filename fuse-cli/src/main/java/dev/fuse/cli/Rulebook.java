package dev.fuse.cli;

import dev.fuse.cli.home.ConfigEditor;
import dev.fuse.cli.home.Settings;
import dev.fuse.gate.Gate;
import dev.fuse.gate.RulePolicy;
import dev.fuse.rule.Rule;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Verdict;
import dev.fuse.text.Glob;
import java.util.ArrayList;
import java.util.List;

/** What the gate rules by, from settings, flags and plugins; and what it is told to keep. */
record Rulebook(Assembly assembly) {

  Gate.Policies policies(boolean plan) {
    var tightening = new ArrayList<ConfirmationPolicy>();
    for (var rule : assembly.settings().permissions("deny")) {
      tightening.add(new RulePolicy(Verdict.DENY, List.of(rule.rule()), rule.place()));
    }
    for (var rule : assembly.settings().permissions("ask")) {
      tightening.add(new RulePolicy(Verdict.ASK, List.of(rule.rule()), rule.place()));
    }
    tightening.addAll(assembly.catalog().policies());
    return new Gate.Policies(
        tightening,
        assembly.settings().permissions("allow").stream().map(Settings.PlacedRule::rule).toList(),
        plan || assembly.flags().plan(),
        assembly.settings().list("protected").stream().map(Glob::of).toList(),
        assembly.facts());
  }

  /** Keeps rules that the person wants always. */
  void remember(List<Rule> rules) {
    var key = assembly.settings().known("permissions.allow");
    var file = assembly.home().findFolder("").map(folder -> folder.resolve("config.yaml"));
    file.ifPresentOrElse(
        path -> {
          var editor = new ConfigEditor(path, assembly.settings().keys());
          rules.forEach(rule -> editor.add(key, rule.text()));
          assembly.note("  kept in " + path);
        },
        () -> assembly.note("  not kept: there is no home to keep it in"));
  }
}
