package dev.fuse.tool.git.look;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.git.repo.Commits;
import dev.fuse.tool.git.repo.ListItem;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Tags, and where references have been. */
record Refs(Repo repo) {

  private record Dated(long time, ListItem item) {}

  /** The tags, the newest first. */
  List<ListItem> tags() throws IOException {
    var tags = new ArrayList<Dated>();
    try (var walk = new RevWalk(repo.git())) {
      for (var ref : repo.git().getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        tags.add(tag(walk, ref));
      }
    }
    tags.sort(Comparator.comparingLong(Dated::time).reversed());
    return tags.stream().map(Dated::item).toList();
  }

  private static Dated tag(RevWalk walk, Ref ref) throws IOException {
    var name = Repository.shortenRefName(ref.getName());
    RevObject object = walk.parseAny(ref.getObjectId());
    var target = walk.peel(object);
    var tagger = object instanceof RevTag annotated ? annotated.getTaggerIdent() : null;
    var who =
        tagger != null
            ? tagger
            : target instanceof RevCommit commit
                ? commit.getCommitterIdent()
                : new PersonIdent("", "");
    var message =
        object instanceof RevTag annotated
            ? annotated.getShortMessage()
            : target instanceof RevCommit commit ? commit.getShortMessage() : "";
    var line =
        "%s %s %s%s %s"
            .formatted(
                Printable.line(name),
                Commits.shortId(walk.getObjectReader(), target),
                Commits.day(who),
                object instanceof RevTag ? " annotated" : "",
                Printable.line(message, 80));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("commit", target.name());
    data.put("time", who.getWhenAsInstant().toString());
    data.put("annotated", object instanceof RevTag);
    return new Dated(who.getWhenAsInstant().getEpochSecond(), new ListItem(name, line, data));
  }

  /** What a reference was, the latest first; of {@code refs/stash} these are the stashes. */
  List<ListItem> reflog(String name, int limit) throws IOException {
    boolean stash = name.equals(Constants.R_STASH);
    var ref = repo.git().findRef(name);
    if (ref == null && !stash) {
      throw ToolFailure.notFound(
          "there is no reference '" + Printable.line(name) + "'", "git_branches lists branches");
    }
    var reader = ref == null ? null : repo.git().getRefDatabase().getReflogReader(ref);
    if (reader == null) {
      return List.of();
    }
    var items = new ArrayList<ListItem>();
    try (var walk = new RevWalk(repo.git())) {
      for (var entry : reader.getReverseEntries(limit)) {
        var at = (stash ? "stash" : Repository.shortenRefName(name)) + "@{" + items.size() + "}";
        var line =
            "%s %s %s %s"
                .formatted(
                    at,
                    Commits.shortId(walk.getObjectReader(), entry.getNewId()),
                    Commits.time(entry.getWho()),
                    Printable.line(entry.getComment(), 120));
        items.add(
            new ListItem(
                at,
                line,
                Map.of(
                    "name", at,
                    "commit", entry.getNewId().name(),
                    "time", entry.getWho().getWhenAsInstant().toString(),
                    "comment", entry.getComment())));
      }
    }
    return items;
  }
}
