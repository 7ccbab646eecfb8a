package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.diagnose.Settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Settings that make Git answer other than a person expects, each with file and line. */
final class ConfigCheck implements Check {

  /** A setting that matters for a question: which, for what, what it does and the way out. */
  private record Matter(String key, Topic topic, String cause, String next) {}

  private static final List<Matter> MATTERS =
      List.of(
          new Matter(
              "url\\..*\\.insteadof",
              Topic.REMOTE,
              "Git rewrites addresses that begin so: it asks another address than the remote's",
              "remove it, or check that this address is meant"),
          new Matter(
              "url\\..*\\.pushinsteadof",
              Topic.REMOTE,
              "Git pushes to another address than it fetches from",
              "remove it if not meant"),
          new Matter(
              "remote\\..*\\.pushurl",
              Topic.REMOTE,
              "a push goes to this address, not to the one that is fetched from",
              "git remote set-url --push NAME ADDRESS, or unset it"),
          new Matter(
              "remote\\.pushdefault|branch\\..*\\.pushremote",
              Topic.REMOTE,
              "a push goes to this remote, whatever the upstream is",
              "unset it if not meant"),
          new Matter(
              "push\\.default",
              Topic.BRANCHES,
              "this decides which branches a plain git push pushes, and where to",
              "git config push.default simple is the default"),
          new Matter(
              "(http(\\..*)?|remote\\..*)\\.proxy",
              Topic.NETWORK,
              "Git goes through this proxy, whatever the environment says",
              "unset it if not meant"),
          new Matter(
              "http(\\..*)?\\.extraheader",
              Topic.ACCESS,
              "this header is sent with each request and overrides other credentials",
              "unset it where its token is old"),
          new Matter(
              "http(\\..*)?\\.postbuffer",
              Topic.LARGE,
              "a push above it is sent in chunks, which some servers refuse",
              "raise or unset it"),
          new Matter(
              "http(\\..*)?\\.sslbackend|http\\.version",
              Topic.NETWORK,
              "Git speaks TLS or HTTP in this way only",
              "unset it if not meant"),
          new Matter(
              "credential(\\..*)?\\.(helper|username)",
              Topic.ACCESS,
              "credentials come from there; an old one is used until it is erased",
              "git credential reject erases it; or log in anew"),
          new Matter(
              "core\\.sshcommand",
              Topic.ACCESS,
              "Git starts this instead of ssh, so keys and options come from it",
              "unset it"),
          new Matter(
              "protocol\\..*\\.allow|protocol\\.allow",
              Topic.REMOTE,
              "this decides which transports Git may use",
              "set it to always or user for yours"),
          new Matter(
              "pull\\.(rebase|ff)|branch\\..*\\.rebase|merge\\.ff",
              Topic.PULLING,
              "this decides whether a pull merges, rebases or refuses",
              "git pull --rebase, --no-rebase or --ff-only says it for once"),
          new Matter(
              "fetch\\.prune|remote\\..*\\.prune|fetch\\.prunetags",
              Topic.BRANCHES,
              "a fetch deletes remote-tracking branches (or tags) that the remote no longer has",
              "unset it to keep them"),
          new Matter(
              "remote\\..*\\.tagopt",
              Topic.HISTORY,
              "this decides whether tags are fetched",
              "git fetch --tags"),
          new Matter(
              "core\\.autocrlf|core\\.eol|core\\.safecrlf",
              Topic.LINES,
              "Git changes line endings (or refuses to) by it",
              "prefer '* text=auto' in" + " .gitattributes"),
          new Matter(
              "core\\.filemode",
              Topic.MODES,
              "this decides whether the executable bit counts",
              "git update-index --chmod=+x FILE stores the bit where it is false"),
          new Matter(
              "core\\.excludesfile",
              Topic.IGNORED,
              "files that it names are ignored in every repository",
              "look into that file"),
          new Matter(
              "core\\.attributesfile",
              Topic.ATTRIBUTES,
              "it gives attributes in every repository",
              "look into that file"),
          new Matter(
              "status\\.showuntrackedfiles",
              Topic.IGNORED,
              "git status does not list untracked files where it is 'no'",
              "unset it"),
          new Matter(
              "diff\\.(external|noprefix|mnemonicprefix|ignoresubmodules|.*\\.textconv)",
              Topic.ATTRIBUTES,
              "git diff shows something else by it",
              "git diff --no-ext-diff"),
          new Matter(
              "submodule\\..*\\.(ignore|update|url)|submodule\\.recurse|diff\\.ignoresubmodules",
              Topic.SUBMODULES,
              "this decides what Git does with the submodule",
              "git submodule sync takes the address of .gitmodules"),
          new Matter(
              "rerere\\.(enabled|autoupdate)",
              Topic.RERERE,
              "Git resolves a conflict as it was resolved before",
              "git rerere forget PATH"),
          new Matter(
              "(alias\\..*|core\\.editor|core\\.pager|sequence\\.editor|merge\\.tool|diff\\.tool)",
              Topic.EDITOR,
              "Git starts this",
              "check that the program is there"),
          new Matter(
              "user\\.(name|email|useconfigonly)|author\\..*|committer\\..*",
              Topic.AUTHOR,
              "commits are made under it",
              "git config user.email ADDRESS in this repository"),
          new Matter(
              "branch\\.autosetup.*|push\\.autosetupremote|checkout\\.defaultremote",
              Topic.BRANCHES,
              "this decides which upstream a new branch gets",
              ""),
          new Matter(
              "core\\.(longpaths|symlinks|precomposeunicode|protectntfs|quotepath)",
              Topic.CASE,
              "this decides how Git writes file names",
              ""));

  @Override
  public List<Finding> findings(World world) throws IOException {
    var found = new ArrayList<Finding>();
    broken(world, found);
    for (var matter : MATTERS) {
      if (world.asked(matter.topic) || named(world, matter.key)) {
        var all = world.settings().like(matter.key);
        all.stream().limit(4).forEach(one -> found.add(told(matter, one)));
      }
    }
    programs(world, found);
    return found;
  }

  private static Finding told(Matter matter, Setting setting) {
    return Finding.warning(
        setting.key(),
        setting.shown(),
        matter.cause,
        matter.next.isEmpty() ? setting.unset() : matter.next + " (" + setting.unset() + ")");
  }

  private static boolean named(World world, String regex) {
    return world.settings().like(regex).stream().anyMatch(one -> world.question().has(one.key()));
  }

  /** What is wrong whatever is asked. */
  private static void broken(World world, List<Finding> found) {
    var settings = world.settings();
    settings
        .find("core.worktree")
        .ifPresent(
            one ->
                found.add(
                    settings.file(one).filter(Files::isDirectory).isPresent()
                        ? world.worth(
                            world.asked(Topic.WORKTREE, Topic.UNSEEN),
                            "core.worktree",
                            one.shown(),
                            "Git takes the files of that folder, not those beside .git",
                            one.unset())
                        : Finding.error(
                            "core.worktree",
                            one.shown() + ", which does not exist",
                            "Git looks for the files in a folder that is gone",
                            one.unset())));
    settings
        .find("core.bare")
        .filter(one -> one.on() && world.repo().own().endsWith(".git"))
        .ifPresent(
            one ->
                found.add(
                    Finding.error(
                        "core.bare",
                        one.shown() + ", although files lie beside .git",
                        "Git says that this operation must be run in a work tree",
                        "git config core.bare false")));
    for (var one : settings.like("http(\\..*)?\\.sslverify")) {
      if (!one.on()) {
        found.add(
            world.worth(
                world.asked(Topic.NETWORK),
                one.key(),
                one.shown(),
                "certificates are not checked at all",
                one.unset()));
      }
    }
    for (var one : settings.like("http(\\..*)?\\.(sslcainfo|sslcert|sslkey|cookiefile)")) {
      missing(world, one, "every connection over https fails", found);
    }
    for (var one :
        settings.like(
            "core\\.(excludesfile|attributesfile)|commit\\.template|gpg\\.ssh\\.allowed.*")) {
      missing(world, one, "Git does without it, or refuses", found);
    }
    for (var include : settings.includes()) {
      boolean asked = world.asked(Topic.AUTHOR, Topic.SIGNING, Topic.HOOKS);
      if (!include.there()) {
        found.add(
            world.worth(
                asked || include.holds(),
                "include",
                include.setting().shown() + ", a file that does not exist",
                "Git passes over it silently: its settings do not count",
                "correct the path"));
      } else if (!include.holds() && asked) {
        var slash = include.setting().key().matches("includeif\\.gitdir(/i)?:.*[^/]\\.path");
        found.add(
            Finding.warning(
                "includeIf",
                include.setting().shown() + " does not hold here",
                "its settings do not count in "
                    + world.repo().root()
                    + (slash ? ": a gitdir pattern for a folder must end in /" : ""),
                slash ? "end the pattern in /" : "compare the pattern with " + world.repo().own()));
      }
    }
    narrow(world, found);
  }

  private static void missing(World world, Setting one, String cause, List<Finding> found) {
    if (world.settings().file(one).filter(Files::exists).isEmpty() && !one.value().isEmpty()) {
      found.add(
          world.worth(
              !one.key().startsWith("core."),
              one.key(),
              one.shown() + ", a file that does not exist",
              cause,
              "correct it, or " + one.unset()));
    }
  }

  /** What a clone left out. */
  private static void narrow(World world, List<Finding> found) {
    boolean asked = world.asked(Topic.HISTORY, Topic.BRANCHES, Topic.REMOTE);
    if (Files.exists(world.repo().common().resolve("shallow"))) {
      found.add(
          world.worth(
              asked,
              "shallow clone",
              "'" + world.repo().common().resolve("shallow") + "' cuts the history off",
              "this clone was made with --depth: older commits, tags and merge bases are not here",
              "git fetch --unshallow"));
    }
    for (var one : world.settings().like("remote\\..*\\.(promisor|partialclonefilter)")) {
      found.add(
          world.worth(
              asked,
              "partial clone",
              one.shown(),
              "objects are fetched when they are needed, which fails without the remote",
              "git fetch --refetch --no-filter"));
    }
    for (var remote : world.repo().git().getConfig().getSubsections("remote")) {
      var specs = world.settings().every("remote." + remote + ".fetch");
      if (specs.isEmpty() && asked) {
        found.add(
            Finding.warning(
                "remote " + remote,
                "remote." + remote + ".fetch is not set",
                "git fetch makes no remote-tracking branches",
                "git config remote."
                    + remote
                    + ".fetch '+refs/heads/*:refs/remotes/"
                    + remote
                    + "/*'"));
      } else if (asked && specs.stream().noneMatch(one -> one.value().contains("refs/heads/*"))) {
        found.add(
            Finding.warning(
                "remote " + remote,
                specs.getFirst().shown(),
                "only this branch is fetched (a clone with --single-branch or --depth): other"
                    + " branches of the remote are not seen here",
                "git remote set-branches " + remote + " '*'; git fetch " + remote));
      }
    }
  }

  /** Programs that settings name and that are not here. */
  private static void programs(World world, List<Finding> found) {
    var keys = "core\\.editor|core\\.pager|core\\.sshcommand|core\\.fsmonitor|sequence\\.editor";
    for (var one : world.settings().like(keys)) {
      var program = one.value().strip().split("\\s+", -1)[0];
      boolean plain =
          program.matches("[\\w./~+-]+") && !List.of("true", "false", ":").contains(program);
      if (plain && world.program(program.replaceFirst("^~", world.home().toString())).isEmpty()) {
        found.add(
            world.worth(
                world.asked(Topic.EDITOR, Topic.ACCESS, Topic.REMOTE),
                one.key(),
                one.shown() + "; '" + program + "' is not on this machine",
                "Git cannot start it",
                "install it, or " + one.unset()));
      }
    }
    for (var one : world.settings().like("credential(\\..*)?\\.helper")) {
      var value = one.value().strip();
      if (value.isEmpty() || value.startsWith("!")) {
        continue;
      }
      var name = value.split("\\s+", -1)[0];
      var inside = List.of("store", "cache").contains(name);
      boolean there =
          inside
              || world.program(name.startsWith("/") ? name : "git-credential-" + name).isPresent()
              || Files.isExecutable(
                  java.nio.file.Path.of("/usr/lib/git-core/git-credential-" + name));
      if (!there) {
        found.add(
            world.worth(
                world.asked(Topic.ACCESS, Topic.REMOTE),
                one.key(),
                one.shown() + "; git-credential-" + name + " is not on the PATH",
                "Git cannot ask that helper, and asks for a password instead",
                "install it, or " + one.unset()));
      }
    }
    for (var name :
        List.of(
            "GIT_SSH_COMMAND",
            "GIT_SSH",
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_AUTHOR_EMAIL",
            "GIT_AUTHOR_NAME",
            "GIT_COMMITTER_EMAIL",
            "GIT_EDITOR",
            "GIT_CONFIG_GLOBAL",
            "GIT_SSL_NO_VERIFY",
            "GIT_NAMESPACE")) {
      var value = world.environment().getOrDefault(name, "");
      if (!value.isEmpty()) {
        boolean asked =
            world.asked(Topic.ACCESS, Topic.AUTHOR, Topic.WORKTREE, Topic.EDITOR, Topic.REMOTE);
        found.add(
            world.worth(
                asked,
                name,
                name + "=" + value.replaceAll("//[^/@\\s]+@", "//…@"),
                "this variable overrides the configuration",
                "unset " + name));
      }
    }
  }
}
