package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** How a commit is written. */
public final class Commits {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xx");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");

  private Commits() {}

  /** Seven digits, or as many as make it unique. */
  public static String shortId(ObjectReader reader, AnyObjectId id) throws IOException {
    return reader.abbreviate(id, 7).name();
  }

  /** When, in the time zone of the person. */
  public static String time(PersonIdent who) {
    return MINUTE.format(who.getWhenAsInstant().atZone(who.getZoneId()));
  }

  public static String day(PersonIdent who) {
    return DAY.format(who.getWhenAsInstant().atZone(who.getZoneId()));
  }

  public static String name(PersonIdent who) {
    return Printable.line(who.getName(), 60);
  }

  /** {@code 1a2b3c4 2026-11-23 14:02 +0100 Ann Lee (main, v1) Subject}; the body must be parsed. */
  public static String line(String id, RevCommit commit, List<String> refs) {
    var author = commit.getAuthorIdent();
    return id
        + " "
        + time(author)
        + " "
        + name(author)
        + (refs.isEmpty() ? "" : " (" + Printable.line(String.join(", ", refs), 200) + ")")
        + " "
        + Printable.line(commit.getShortMessage(), 200);
  }

  public static Map<String, Object> structured(RevCommit commit, List<String> refs) {
    var author = commit.getAuthorIdent();
    var all = new LinkedHashMap<String, Object>();
    all.put("commit", commit.name());
    all.put("author", author.getName());
    all.put("email", author.getEmailAddress());
    all.put("time", author.getWhenAsInstant().toString());
    all.put("subject", commit.getShortMessage());
    all.put("refs", refs);
    return all;
  }
}
