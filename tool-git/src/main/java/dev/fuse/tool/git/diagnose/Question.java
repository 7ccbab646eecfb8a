package dev.fuse.tool.git.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person asked, and what an error message inside it names. */
record Question(String text) {

  /** What a question can be about, each by the words of people and of Git's own messages. */
  enum Topic {
    HOOKS("hooks?\\b|pre-?commit|pre-?push|commit-msg|husky|lefthook"),
    LINES(
        "crlf|\\blf\\b|line[ -]?end|eol\\b|\\^M|carriage|modified|unmodified|renormal|whole file"),
    MODES("chmod|executable|file ?mode|old mode|new mode|100755|100644|permission|modified"),
    SIGNING("gpg|sign(ed|ing|ature)?\\b|pinentry|secret key|allowed.?signers"),
    LARGE("large|\\bbig|huge|size|\\bMB\\b|\\bGB\\b|GH001|exceeds|hung up|pack.*too|lfs|slow"),
    REFS("lock ref|refs?/|exists;|cannot create|unable to (create|update)|bad ref|broken ref"),
    DAMAGE("corrupt|empty|bad object|missing|damaged|fsck|unable to read|not a valid|crash"),
    IGNORED("ignor|untracked|does(n't| not) see|not (show|add|see|pick|appear|track)|exclude"),
    UNSEEN("not (show|see|detect|notic|appear|pick)|no changes|nothing to commit|edit|my change"),
    SPARSE("sparse|files? (are |is )?(missing|gone)|disappear|checked out|not there"),
    HISTORY("shallow|depth|history|unrelated|merge.?base|old(er)? commits|blame|describe|tags?\\b"),
    REMOTE("clone|fetch|pull|push|remote|origin|upstream|ssh|https?\\b|url|insteadof|repositor"),
    ACCESS("auth|password|credential|denied|token|403|401|login|prompt|publickey|host key"),
    NETWORK("proxy|ssl|tls|certificate|timeout|timed out|resolve host|connect|could not read"),
    BRANCHES("branch|upstream|no such ref|would clobber|set-upstream|refspec|does not match"),
    PULLING("pull|rebase|fast-forward|diverg|merge commit|reconcile"),
    AUTHOR("author|e-?mail|identity|user\\.name|who (you|i) am|wrong name|committer|includeif"),
    REPLACED("replace|graft|differs?|other hash|strange history|wrong parent"),
    CASE("case|upper|lower|capital|renam"),
    LOST("lost|gone|where (is|are|did)|disappear|recover|get .*back|reset|vanish|find my"),
    STASH("stash"),
    WORKTREES("work ?tree|already (checked out|used)"),
    SUBMODULES("submodule|gitlink|embedded"),
    EDITOR("editor|pager|difftool|mergetool|alias|terminal is dumb"),
    RERERE("rerere|resol(ved|ution)|same conflict"),
    WORKTREE("work ?tree|bare|must be run in|outside repository|not a git repo"),
    ATTRIBUTES("attribut|archive|export|binary|diff|merge driver|filter|smudge|lfs");

    private final Pattern words;

    Topic(String words) {
      this.words = Pattern.compile("\\b(?:" + words + ")|" + words, Pattern.CASE_INSENSITIVE);
    }
  }

  private static final Pattern REF =
      Pattern.compile("refs/(?:heads|remotes|tags|stash|notes)/[\\w./+@-]*\\w");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w/.-])\\.?[\\w@+-]+(?:[./-][\\w@+.-]+)*/?");

  boolean about(Topic... topics) {
    return Stream.of(topics).anyMatch(topic -> topic.words.matcher(text).find());
  }

  /** The full names of references in it. */
  List<String> refs() {
    return REF.matcher(text).results().map(found -> found.group()).distinct().toList();
  }

  /** Words that may be a path or a name. */
  List<String> words() {
    return FILE.matcher(text)
        .results()
        .map(found -> found.group().replaceFirst("[.,:;]+$", ""))
        .filter(word -> word.length() > 1)
        .distinct()
        .limit(60)
        .toList();
  }

  boolean has(String word) {
    var whole = "(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])";
    return !word.isEmpty() && Pattern.compile(whole, Pattern.CASE_INSENSITIVE).matcher(text).find();
  }

  boolean says(String regex) {
    return matcher(regex).find();
  }

  private Matcher matcher(String regex) {
    return Pattern.compile(regex).matcher(text.toLowerCase(Locale.ROOT));
  }
}
