package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.git.repo.Printable;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.util.GitTimeParser;

/** Commits by author, message and time; texts are compared without case. */
final class CommitFilter extends RevFilter {

  private final UnaryOperator<String> mask;
  private final Optional<String> author;
  private final Optional<String> text;
  private final Optional<Instant> since;
  private final Optional<Instant> until;

  private CommitFilter(
      UnaryOperator<String> mask,
      Optional<String> author,
      Optional<String> text,
      Optional<Instant> since,
      Optional<Instant> until) {
    this.mask = mask;
    this.author = author;
    this.text = text;
    this.since = since;
    this.until = until;
  }

  static CommitFilter of(Arguments arguments, UnaryOperator<String> mask) {
    return new CommitFilter(
        mask,
        lower(arguments, "author"),
        lower(arguments, "text"),
        arguments.findString("since").map(CommitFilter::time),
        arguments.findString("until").map(CommitFilter::time));
  }

  private static Optional<String> lower(Arguments arguments, String name) {
    return arguments.findString(name).map(value -> value.toLowerCase(Locale.ROOT));
  }

  private static Instant time(String value) {
    try {
      return GitTimeParser.parseInstant(value);
    } catch (ParseException e) {
      throw ToolFailure.invalid(
          "'" + Printable.line(value) + "' is no time",
          "give '2026-11-23', '2026-11-23 14:02:00', 'yesterday' or '3 days ago'");
    }
  }

  @Override
  public boolean include(RevWalk walk, RevCommit commit) throws IOException {
    var time = Instant.ofEpochSecond(commit.getCommitTime());
    if (since.isPresent() && time.isBefore(since.get())) {
      throw StopWalkException.INSTANCE;
    }
    if (until.isPresent() && time.isAfter(until.get())) {
      return false;
    }
    if (author.isEmpty() && text.isEmpty()) {
      return true;
    }
    walk.parseBody(commit);
    boolean fits = byAuthor(commit) && holdsText(commit);
    commit.disposeBody();
    return fits;
  }

  private boolean byAuthor(RevCommit commit) {
    if (author.isEmpty()) {
      return true;
    }
    var who = commit.getAuthorIdent();
    var whole = who.getName() + " <" + who.getEmailAddress() + ">";
    return whole.toLowerCase(Locale.ROOT).contains(author.get());
  }

  private boolean holdsText(RevCommit commit) {
    return text.isEmpty()
        || (holds(commit.getFullMessage()) && holds(mask.apply(commit.getFullMessage())));
  }

  private boolean holds(String message) {
    return message.toLowerCase(Locale.ROOT).contains(text.orElse(""));
  }

  @Override
  public boolean requiresCommitBody() {
    return false;
  }

  @Override
  public RevFilter clone() {
    return this;
  }
}
