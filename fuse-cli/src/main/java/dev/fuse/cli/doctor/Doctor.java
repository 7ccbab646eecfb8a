package dev.fuse.cli.doctor;

import dev.fuse.cli.command.Workbench.Check;
import dev.fuse.cli.command.Workbench.Check.State;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.model.Models;
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
public final class Doctor {

  private static final int CONNECT_MILLIS = 3_000;

  private final Invocation invocation;
  private final Resources resources;
  private final Models models;
  private final List<Check> checks = new ArrayList<>();

  public Doctor(Invocation invocation, Resources resources, Models models) {
    this.invocation = invocation;
    this.resources = resources;
    this.models = models;
  }

  public List<Check> checks() {
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
    var there = invocation.environment().directoryExists();
    add(
        "directory",
        there,
        invocation.environment().directory().toString(),
        "change to one that exists");
  }

  private void home() {
    var folder = resources.home().findFolder("");
    add(
        "home",
        folder.isPresent(),
        folder.map(path -> path.toString()).orElse("not writable; nothing is kept"),
        "make ~/.fuse writable or set FUSE_HOME");
  }

  private void settings() {
    try {
      var settings = resources.settings();
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
      var found = models.settings();
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
    for (var plugin : resources.catalog().plugins()) {
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
    for (var file : resources.scenarios().checked()) {
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
    add("scenarios", true, String.join(", ", resources.scenarios().library().names()), "");
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
