package dev.fuse.cli;

import dev.fuse.cli.command.Workbench.Check;
import dev.fuse.cli.command.Workbench.Check.State;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.terminal.Tty;
import dev.fuse.plugin.Plugin;
import dev.fuse.scenario.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Looks at what Fuse needs and at what it can reach. */
final class Doctor {

  private static final int CONNECT_MILLIS = 3_000;

  private final Assembly assembly;
  private final List<Check> checks = new ArrayList<>();

  Doctor(Assembly assembly) {
    this.assembly = assembly;
  }

  List<Check> checks() {
    checks.add(new Check("java", State.OK, Runtime.version().toString(), ""));
    folder();
    home();
    settings();
    model();
    plugins();
    scenarios();
    terminal();
    return checks;
  }

  private void folder() {
    var there = assembly.environment().directoryExists();
    add(
        "directory",
        there,
        assembly.environment().directory().toString(),
        "change to one that exists");
  }

  private void home() {
    var folder = assembly.home().findFolder("");
    add(
        "home",
        folder.isPresent(),
        folder.map(path -> path.toString()).orElse("not writable; nothing is kept"),
        "make ~/.fuse writable or set FUSE_HOME");
  }

  private void settings() {
    try {
      var settings = assembly.settings();
      add("settings", true, "model.name " + settings.text("model.name"), "");
      settings
          .unknownVariables()
          .forEach(sentence -> checks.add(new Check("settings", State.MISSING, sentence, "")));
    } catch (FuseException e) {
      add("settings", false, e.problem(), e.hint());
    }
  }

  private void model() {
    try {
      var found = assembly.modelSettings();
      if (found.isEmpty()) {
        checks.add(
            new Check(
                "model", State.MISSING, "none is set", "set OPENAI_API_KEY or OPENAI_BASE_URL"));
        return;
      }
      var uri = URI.create(found.get().baseUrl());
      int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
        add("model", true, found.get() + ", key from " + found.get().keyOrigin(), "");
      }
    } catch (FuseException e) {
      add("model", false, e.problem(), e.hint());
    } catch (IOException e) {
      add(
          "model",
          false,
          "cannot be reached: " + e.getMessage(),
          "check OPENAI_BASE_URL, model.base-url and the network");
    }
  }

  private void plugins() {
    for (var plugin : assembly.catalog().plugins()) {
      switch (plugin) {
        case Plugin.Described described ->
            add(
                "plugin " + plugin.name(),
                true,
                described.descriptor().tools().size() + " tools",
                "");
        case Plugin.Broken broken ->
            add("plugin " + plugin.name(), false, broken.problem(), broken.hint());
      }
    }
  }

  private void scenarios() {
    for (var file : assembly.checkedScenarios()) {
      var problems = file.problems();
      problems.stream()
          .filter(problem -> !problem.warning())
          .forEach(problem -> add("scenario", false, problem.toString(), "mend the file"));
      long warnings = problems.stream().filter(Problem::warning).count();
      if (warnings > 0) {
        var seen = file.name() + " has " + warnings + (warnings == 1 ? " warning" : " warnings");
        checks.add(new Check("scenario", State.MISSING, seen, "fuse scenarios validate"));
      }
    }
    add("scenarios", true, String.join(", ", assembly.scenarios().names()), "");
  }

  private void terminal() {
    try (var tty = Tty.open().orElse(null)) {
      boolean there = tty != null && Files.exists(java.nio.file.Path.of("/dev/tty"));
      checks.add(
          there
              ? new Check("terminal", State.OK, "questions can be asked", "")
              : new Check(
                  "terminal", State.MISSING, "none; a call that asks is not run", "--allow RULE"));
    }
  }

  private void add(String subject, boolean well, String seen, String remedy) {
    checks.add(new Check(subject, well ? State.OK : State.BROKEN, seen, well ? "" : remedy));
  }
}
