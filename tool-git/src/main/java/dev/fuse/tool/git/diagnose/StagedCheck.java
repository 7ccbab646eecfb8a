package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.repo.CredentialFiles;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;

/** What is about to be committed and should not be, and links that lead nowhere. */
record StagedCheck(Repo repo, Deadline deadline) {

  private static final long LARGE = 10_000_000;
  private static final long REFUSED = 100_000_000;
  private static final int READ = 1_000_000;
  private static final int MOST = 500;

  /** A NUL among so many first bytes tells that a file is no text, as git has it. */
  private static final int BINARY = 8000;

  List<Finding> findings() throws IOException {
    var index = Index.read(repo);
    var findings = new ArrayList<Finding>();
    brokenLinks(index).ifPresent(findings::add);
    try (var staged =
            new Differences(
                repo, StatusScan.head(repo), new DirCacheIterator(index), List.of(), 0, deadline);
        var reader = repo.git().newObjectReader()) {
      int looked = 0;
      for (var entry : staged.entries()) {
        if (++looked > MOST || deadline.passed()) {
          findings.add(
              Finding.info("staged files", looked - 1 + " of " + staged.entries().size() + " seen")
                  .notChecked("the others, for secrets, size and line ends"));
          break;
        }
        if (StatusScan.letter(entry) != 'D' && entry.getNewMode() != FileMode.GITLINK) {
          check(entry, reader, findings);
        }
      }
    }
    return findings;
  }

  private void check(DiffEntry entry, ObjectReader reader, List<Finding> findings)
      throws IOException {
    var path = Printable.line(entry.getNewPath());
    var loader = reader.open(entry.getNewId().toObjectId(), Constants.OBJ_BLOB);
    if (loader.getSize() > LARGE) {
      findings.add(large(path, loader.getSize()));
    }
    byte[] head;
    try (var in = loader.openStream()) {
      head = in.readNBytes(READ);
    }
    var text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.lastIndexOf('\0', BINARY) < 0) {
      secret(path, text).ifPresent(findings::add);
    }
    if (CredentialFiles.has(entry.getNewPath())) {
      findings.add(
          Finding.warning(
              path,
              "is staged, and files of that name hold credentials",
              "",
              "git rm --cached, and name it in .gitignore"));
    }
    if (text.startsWith("#!")) {
      script(entry, path, text).ifPresent(findings::add);
    }
  }

  private static Finding large(String path, long size) {
    var seen = "%,d bytes are staged".formatted(size);
    var next = "git rm --cached it; keep it elsewhere or in Git LFS";
    return size > REFUSED
        ? Finding.error(path, seen, "GitHub refuses files over 100 MB", next)
        : Finding.warning(path, seen, "it stays in every clone for ever", next);
  }

  private static Optional<Finding> secret(String path, String text) {
    int number = 0;
    for (var line : text.split("\n", -1)) {
      number++;
      var kind = SecretText.kind(line);
      if (kind.isPresent()) {
        return Optional.of(
            Finding.error(
                path,
                "line " + number + " is staged and looks like " + kind.get(),
                "",
                "take it out before the commit; if it was ever pushed, renew it"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> script(DiffEntry entry, String path, String text) {
    int end = text.indexOf('\n');
    var first = end < 0 ? text : text.substring(0, end);
    if (first.endsWith("\r")) {
      return Optional.of(
          Finding.error(
              path,
              "its first line is '" + Printable.line(first, 80) + "'",
              "Windows line ends: the system looks for a program of that name with \\r",
              "write it with LF; '*.sh text eol=lf' in .gitattributes"));
    }
    boolean runnable = entry.getNewMode() == FileMode.EXECUTABLE_FILE;
    boolean was = entry.getOldMode() == FileMode.EXECUTABLE_FILE;
    if (runnable || (!was && !entry.getNewPath().matches(".*\\.sh|(.*/)?bin/[^/]+"))) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.warning(
            path,
            "starts with '"
                + Printable.line(first, 80)
                + "' and is staged as not executable"
                + (was ? "; it was executable" : ""),
            "",
            "git update-index --chmod=+x"));
  }

  private Optional<Finding> brokenLinks(DirCache index) throws IOException {
    var broken = new ArrayList<String>();
    for (int i = 0; i < index.getEntryCount() && broken.size() < MOST; i++) {
      var entry = index.getEntry(i);
      if (entry.getFileMode() != FileMode.SYMLINK || entry.getStage() > 0) {
        continue;
      }
      try {
        var link = repo.root().resolve(entry.getPathString());
        if (Files.isSymbolicLink(link) && !Files.exists(link)) {
          broken.add(entry.getPathString() + " -> " + Files.readSymbolicLink(link));
        }
      } catch (InvalidPathException _) {
        // a name that this system cannot hold is no link here
      }
    }
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                broken.size() == 1 ? "broken link" : broken.size() + " broken links",
                StatusScan.some(broken, 5),
                "what they point to is not there",
                ""));
  }
}
