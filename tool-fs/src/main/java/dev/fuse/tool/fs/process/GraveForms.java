package dev.fuse.tool.fs.process;

import java.util.List;
import java.util.Set;

/**
 * Commands known to destroy what cannot be brought back or is very wide. The list is no wall, as
 * every program asks; it keeps these from being allowed by a rule that was meant for others.
 */
final class GraveForms {

  /** Programs that run the program that their arguments name. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "sudo", "doas", "env", "nice", "nohup", "time", "timeout", "stdbuf", "setsid", "ionice",
          "xargs", "command", "exec", "busybox", "chroot", "unshare", "strace");

  private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "dash", "ksh", "fish");
  private static final Set<String> ALWAYS =
      Set.of(
          "mkfs",
          "fdisk",
          "sfdisk",
          "parted",
          "wipefs",
          "shred",
          "blkdiscard",
          "shutdown",
          "reboot",
          "halt",
          "poweroff",
          "userdel",
          "groupdel",
          "crontab",
          "diskutil",
          "telinit",
          "kexec");
  private static final Set<String> WIDE =
      Set.of("/", "/*", "~", "~/", "$HOME", ".", "./", "..", "*", "./*");

  private GraveForms() {}

  static boolean contains(List<String> argv) {
    if (argv.isEmpty()) {
      return false;
    }
    var program = name(argv.getFirst());
    var rest = argv.subList(1, argv.size());
    if (WRAPPERS.contains(program)) {
      return anyInner(rest);
    }
    if (SHELLS.contains(program)) {
      return rest.stream().anyMatch(GraveForms::inScript);
    }
    return alone(program, rest);
  }

  /** Past options and their values nobody can see safely, so that every tail is looked at. */
  private static boolean anyInner(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      var tail = words.subList(i, words.size());
      if (alone(name(tail.getFirst()), tail.subList(1, tail.size()))
          || (i == 0 && contains(tail))) {
        return true;
      }
    }
    return false;
  }

  private static boolean inScript(String script) {
    for (var command : script.split("[;&|\n]+|\\$\\(|`", -1)) {
      var words = List.of(command.strip().replaceAll("[\"']", "").split("\\s+", -1));
      if (anyInner(words)) {
        return true;
      }
    }
    return false;
  }

  private static boolean alone(String program, List<String> rest) {
    if (ALWAYS.contains(program) || program.startsWith("mkfs.")) {
      return !program.equals("crontab") || rest.contains("-r");
    }
    return switch (program) {
      case "rm", "srm" -> recursive(rest) && rest.stream().anyMatch(GraveForms::wide);
      case "find" -> rest.contains("-delete") || execRemoves(rest);
      case "dd" -> rest.stream().anyMatch(word -> word.startsWith("of=/dev/"));
      case "chmod", "chown", "chgrp" -> recursive(rest) && rest.stream().anyMatch(WIDE::contains);
      case "git" -> git(rest);
      case "kubectl", "oc" ->
          rest.contains("delete")
              && (has(rest, "ns", "namespace", "namespaces", "pv", "pvc", "crd", "node")
                  || rest.contains("--all"));
      case "helm" -> has(rest, "uninstall", "delete");
      case "terraform", "tofu", "pulumi" -> has(rest, "destroy", "-destroy");
      case "gcloud", "aws", "az", "gsutil", "bq" ->
          has(rest, "delete", "rm", "rb", "terminate-instances", "delete-bucket");
      case "docker", "podman" ->
          rest.contains("prune") || (rest.contains("volume") && rest.contains("rm"));
      case "gh" -> rest.contains("delete");
      case "kill", "pkill", "killall" -> has(rest, "-1", "1") && program.equals("kill");
      case "systemctl" -> has(rest, "poweroff", "reboot", "halt", "isolate");
      default -> false;
    };
  }

  private static boolean git(List<String> rest) {
    boolean forced =
        rest.stream()
            .anyMatch(
                word ->
                    word.startsWith("--force")
                        || word.matches("-[a-zA-Z]*f[a-zA-Z]*")
                        || word.startsWith("+"));
    return (rest.contains("push") && (forced || has(rest, "--mirror", "--delete", "-d")))
        || (rest.contains("clean") && forced)
        || has(rest, "filter-branch", "filter-repo")
        || (rest.contains("reflog") && rest.contains("expire"));
  }

  private static boolean execRemoves(List<String> rest) {
    return rest.stream().anyMatch(word -> word.startsWith("-exec") || word.startsWith("-ok"))
        && rest.stream()
            .anyMatch(word -> has(List.of(name(word)), "rm", "shred", "unlink", "sh", "bash"));
  }

  private static boolean recursive(List<String> words) {
    return words.stream()
        .anyMatch(word -> word.equals("--recursive") || word.matches("-[a-zA-Z]*[rR][a-zA-Z]*"));
  }

  /** The whole machine, the whole home, or all of here. */
  private static boolean wide(String word) {
    return WIDE.contains(word)
        || word.matches("/[^/]+/?\\*?|/(home|Users)/[^/]+/?|~/\\*|\\.\\./?.*");
  }

  private static boolean has(List<String> words, String... any) {
    return List.of(any).stream().anyMatch(words::contains);
  }

  private static String name(String program) {
    return program.substring(program.lastIndexOf('/') + 1);
  }
}
