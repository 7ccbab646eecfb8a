package dev.fuse.tool.git.change;

import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/** States of a repository as short texts, so that one can be compared with a later one. */
record Versions(Repo repo) {

  /** Where HEAD is and on which branch. */
  String head() throws IOException {
    return repo.branch().orElse("detached") + "@" + repo.head().map(ObjectId::name).orElse("none");
  }

  /** What a reference with a full name points to, peeled no further. */
  String ref(String name) throws IOException {
    var ref = Optional.ofNullable(repo.git().exactRef(name));
    return name + "@" + ref.map(r -> r.getObjectId()).map(id -> id.name()).orElse("none");
  }

  /** The content of the index; times of files do not count. */
  String index() throws IOException {
    var index = Index.read(repo);
    var digest = digest();
    for (int i = 0; i < index.getEntryCount(); i++) {
      var entry = index.getEntry(i);
      add(
          digest,
          entry.getStage() + " " + entry.getRawMode() + " " + entry.getObjectId().name(),
          entry.getPathString());
    }
    return "index@" + end(digest);
  }

  /** The files at these paths, all where there are none, as they differ from the index. */
  String files(List<String> paths, Deadline deadline) throws IOException {
    var before = new DirCacheIterator(Index.read(repo));
    try (var differences =
        new Differences(repo, before, new FileTreeIterator(repo.git()), paths, 0, deadline)) {
      return "files@" + of(differences);
    }
  }

  /** A comparison's result. */
  static String of(Differences differences) {
    var digest = digest();
    for (var entry : differences.entries()) {
      add(
          digest,
          String.valueOf(entry.getChangeType()),
          entry.getOldMode() + " " + entry.getOldId().name(),
          entry.getOldPath(),
          entry.getNewMode() + " " + entry.getNewId().name(),
          entry.getNewPath());
    }
    return end(digest);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String... texts) {
    for (var text : texts) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
  }

  private static String end(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest(), 0, 12);
  }
}
