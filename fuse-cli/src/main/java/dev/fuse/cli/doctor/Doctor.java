package dev.fuse.cli.doctor;

import dev.fuse.brief.ChatModel;
import dev.fuse.brief.Message;
import dev.fuse.cli.command.Workbench.Check;
import dev.fuse.cli.command.Workbench.Check.State;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.home.KubeContexts;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.model.Models;
import dev.fuse.cli.terminal.Tty;
import dev.fuse.plugin.Plugin;
import dev.fuse.run.Cancellation;
import dev.fuse.scenario.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Tries what Fuse needs and what it can reach; each failure comes with its remedy. */
public final class Doctor {

  private static final long MODEL_SECONDS = 10;
  private static final int CONTEXTS = 8;

  private final Invocation invocation;
  private final Resources resources;
  private final Models models;

  public Doctor(Invocation invocation, Resources resources, Models models) {
    this.invocation = invocation;
    this.resources = resources;
    this.models = models;
  }

  /**
   * Checks everything, what is remote side by side.
   *
   * @param fix whether what is Fuse's own is put right first
   */
  public List<Check> checks(boolean fix) {
    var checks = new ArrayList<Check>();
    if (fix) {
      checks.addAll(fixed());
    }
    checks.add(ok("java", Runtime.version().toString()));
    checks.add(folder());
    checks.add(home());
    checks.addAll(settings());
    var remote = remote();
    checks.addAll(plugins());
    checks.addAll(scenarios());
    checks.add(terminal());
    checks.add(completion());
    remote.forEach(check -> checks.addAll(check.join()));
    return checks;
  }

  private List<CompletableFuture<List<Check>>> remote() {
    var reach = new Reach(invocation.environment());
    var kube = KubeContexts.of(invocation.environment());
    var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    var all = new ArrayList<CompletableFuture<List<Check>>>();
    all.add(CompletableFuture.supplyAsync(() -> List.of(model()), threads));
    if (!kube.present()) {
      all.add(CompletableFuture.completedFuture(List.of(noKubeconfig(kube))));
    }
    kube.contexts().entrySet().stream()
        .limit(CONTEXTS)
        .forEach(
            entry ->
                all.add(
                    CompletableFuture.supplyAsync(
                        () -> List.of(reach.cluster(entry.getKey(), entry.getValue())), threads)));
    all.add(CompletableFuture.supplyAsync(() -> List.of(reach.google()), threads));
    all.add(CompletableFuture.supplyAsync(() -> List.of(reach.github()), threads));
    return all;
  }

  private static Check noKubeconfig(KubeContexts kube) {
    return new Check(
        "kube contexts",
        State.MISSING,
        "no kubeconfig found (looked in " + kube.places() + ")",
        "set KUBECONFIG, or log in to a cluster");
  }

  /** What is Fuse's own and can be put right without asking. */
  private List<Check> fixed() {
    var done = new ArrayList<Check>();
    var home = resources.home().findFolder("");
    home.ifPresent(
        folder -> {
          try {
            var wanted = PosixFilePermissions.fromString("rwx------");
            if (!Files.getPosixFilePermissions(folder).equals(wanted)) {
              Files.setPosixFilePermissions(folder, wanted);
              done.add(ok("fixed", "only you can read " + folder + " now"));
            }
            var config = folder.resolve("config.yaml");
            var own = PosixFilePermissions.fromString("rw-------");
            if (Files.exists(config) && !Files.getPosixFilePermissions(config).equals(own)) {
              Files.setPosixFilePermissions(config, own);
              done.add(ok("fixed", "only you can read " + config + " now"));
            }
          } catch (IOException | UnsupportedOperationException e) {
            done.add(
                new Check("fix", State.BROKEN, "not fixed: " + e.getMessage(), "fix it by hand"));
          }
        });
    if (done.isEmpty()) {
      done.add(ok("fix", "nothing of Fuse's own to fix"));
    }
    return done;
  }

  private Check folder() {
    var directory = invocation.environment().directory().toString();
    return invocation.environment().directoryExists()
        ? ok("directory", directory)
        : new Check("directory", State.BROKEN, directory + " does not exist", "change to another");
  }

  private Check home() {
    return resources
        .home()
        .findFolder("")
        .map(path -> ok("home", path.toString()))
        .orElse(
            new Check(
                "home",
                State.BROKEN,
                "not writable; nothing is saved",
                "make ~/.fuse writable or set FUSE_HOME"));
  }

  private List<Check> settings() {
    var checks = new ArrayList<Check>();
    try {
      var settings = resources.settings();
      checks.add(ok("settings", "valid"));
      settings
          .unknownVariables()
          .forEach(
              sentence ->
                  checks.add(
                      new Check("settings", State.MISSING, sentence, "correct or unset it")));
    } catch (FuseException e) {
      checks.add(new Check("settings", State.BROKEN, e.problem(), e.hint()));
    }
    return checks;
  }

  /** One tiny request. */
  private Check model() {
    try {
      var found = models.settings();
      if (found.isEmpty()) {
        return new Check(
            "model", State.MISSING, "none is set", "set OPENAI_API_KEY or OPENAI_BASE_URL");
      }
      var cancellation = new Cancellation();
      long began = System.nanoTime();
      var timer =
          Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
      try {
        var _ = timer.schedule(cancellation::cancel, MODEL_SECONDS, TimeUnit.SECONDS);
        var reply =
            models
                .find()
                .orElseThrow()
                .reply(
                    new ChatModel.Request(
                        List.of(new Message.User("Reply with the word ok.")), List.of()),
                    ChatModel.Listener.of(_ -> {}),
                    cancellation);
        return switch (reply) {
          case ChatModel.Said _ ->
              ok(
                  "model",
                  "%s answered in %.1f s, key from %s"
                      .formatted(
                          found.get(), (System.nanoTime() - began) / 1e9, found.get().keyOrigin()));
          case ChatModel.Broken broken ->
              new Check(
                  "model",
                  State.BROKEN,
                  cancellation.cancelled()
                      ? found.get() + " did not answer within " + MODEL_SECONDS + " s"
                      : broken.problem(),
                  broken.hint().isEmpty()
                      ? "check OPENAI_BASE_URL, the key and the network"
                      : broken.hint());
        };
      } finally {
        timer.shutdownNow();
      }
    } catch (FuseException e) {
      return new Check("model", State.BROKEN, e.problem(), e.hint());
    }
  }

  private List<Check> plugins() {
    var checks = new ArrayList<Check>();
    for (var plugin : resources.catalog().plugins()) {
      checks.add(
          switch (plugin) {
            case Plugin.Described described -> {
              int tools = described.descriptor().tools().size();
              yield ok("plugin " + plugin.name(), tools == 1 ? "1 tool" : tools + " tools");
            }
            case Plugin.Broken broken ->
                new Check("plugin " + plugin.name(), State.BROKEN, broken.problem(), broken.hint());
          });
    }
    return checks;
  }

  /** Of a plugin's own files only what is wrong is told: a person cannot change them. */
  private List<Check> scenarios() {
    var checks = new ArrayList<Check>();
    var own = Set.copyOf(resources.scenarios().ownFiles());
    for (var file : resources.scenarios().checked()) {
      file.problems().stream()
          .filter(problem -> !problem.warning())
          .forEach(
              problem ->
                  checks.add(
                      new Check(
                          "scenario " + file.name(),
                          State.BROKEN,
                          problem.toString(),
                          "fuse scenarios edit " + file.name())));
      long warnings = file.problems().stream().filter(Problem::warning).count();
      if (warnings > 0 && own.contains(file.origin())) {
        checks.add(
            new Check(
                "scenario " + file.name(),
                State.MISSING,
                warnings + (warnings == 1 ? " warning" : " warnings"),
                "fuse scenarios validate " + file.origin()));
      }
    }
    checks.add(ok("scenarios", String.join(", ", resources.scenarios().library().names())));
    return checks;
  }

  private Check terminal() {
    try (var tty = Tty.open().orElse(null)) {
      return tty != null
          ? ok("terminal", "questions can be asked")
          : new Check(
              "terminal",
              State.MISSING,
              "none: a call that asks is not run",
              "--allow RULE, or fuse permissions add RULE");
    }
  }

  private Check completion() {
    var shell = invocation.environment().find("SHELL").orElse("");
    var name = Path.of(shell).getFileName() == null ? "" : Path.of(shell).getFileName().toString();
    var files =
        switch (name) {
          case "bash" -> List.of(".bashrc", ".bash_profile", ".bash_completion");
          case "zsh" -> List.of(".zshrc");
          case "fish" -> List.of(".config/fish/config.fish", ".config/fish/completions/fuse.fish");
          default -> List.<String>of();
        };
    if (files.isEmpty()) {
      return new Check(
          "completion",
          State.MISSING,
          "no script for the shell '" + name + "'",
          "use bash, zsh or fish");
    }
    boolean loaded = files.stream().anyMatch(this::mentionsCompletion);
    return loaded
        ? ok("completion", name)
        : new Check(
            "completion",
            State.MISSING,
            "not loaded by " + name,
            name.equals("fish")
                ? "fuse completion fish > ~/.config/fish/completions/fuse.fish"
                : "add to ~/" + files.getFirst() + ": source <(fuse completion " + name + ")");
  }

  private boolean mentionsCompletion(String file) {
    try {
      var path = invocation.environment().home().map(home -> home.resolve(file));
      return path.isPresent()
          && Files.isRegularFile(path.get())
          && Files.readString(path.get()).contains("fuse");
    } catch (IOException _) {
      return false;
    }
  }

  private static Check ok(String subject, String seen) {
    return new Check(subject, State.OK, seen, "");
  }
}
