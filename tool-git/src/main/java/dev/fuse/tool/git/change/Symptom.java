package dev.fuse.tool.git.change;

import dev.fuse.spi.ToolResult.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Known sentences of git, with what they mean and what to do. */
record Symptom(Pattern sentence, Kind kind, String hint) {

  private static final List<Symptom> KNOWN =
      List.of(
          of(
              "Permission denied \\(|Authentication failed|could not read (Username|Password)|Host"
                  + " key verification failed|terminal prompts disabled|HTTP Basic: Access"
                  + " denied|returned error: 40[13]",
              Kind.CREDENTIALS,
              "let the person run it once in a terminal; an SSH agent or a credential helper"
                  + " answers from then on"),
          of(
              "pre-receive hook declined|protected branch|\\[remote rejected\\]|hook declined",
              Kind.FORBIDDEN,
              "the remote does not take it: open a pull request, or read what its hook says"),
          of(
              "stale info|\\(fetch first\\)|non-fast-forward|\\[rejected\\]",
              Kind.CONFLICT,
              "the remote has commits that are not here: git_fetch, look at them, then integrate"),
          of(
              "does not appear to be a git repository|[Rr]epository .*not found"
                  + "|couldn't find remote ref",
              Kind.NOT_FOUND,
              "git_list what=remotes shows the addresses"),
          of(
              "Could not resolve host|Connection (refused|timed out|reset)|unable to access"
                  + "|Network is unreachable|early EOF|Could not read from remote repository",
              Kind.UNAVAILABLE,
              "check the address with git_list what=remotes, and the network"),
          of(
              "dubious ownership",
              Kind.FORBIDDEN,
              "chown it, or let the person run git config --global --add safe.directory"),
          of(
              "Please tell me who you are|empty ident name|unable to auto-detect email",
              Kind.INVALID,
              "let the person set git config user.name and user.email"),
          of(
              "\\.lock': File exists|cannot lock ref",
              Kind.CONFLICT,
              "another git is at work, or a lock is stale: git_diagnose tells"),
          of(
              "would be overwritten|local changes|commit your changes or stash them",
              Kind.CONFLICT,
              "commit these changes, or git_stash them, and do it again"),
          of(
              "No space left on device",
              Kind.UNAVAILABLE,
              "make room; git_diagnose finds leftovers"),
          of(
              "gpg failed to sign|error: .*sign",
              Kind.CREDENTIALS,
              "the signing key is locked or missing: let the person unlock it"));

  static Optional<Symptom> of(String said) {
    return KNOWN.stream().filter(known -> known.sentence().matcher(said).find()).findFirst();
  }

  private static Symptom of(String regex, Kind kind, String hint) {
    return new Symptom(Pattern.compile(regex), kind, hint);
  }
}
