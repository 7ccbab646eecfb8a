package dev.fuse.tool.git.look;

import dev.fuse.tool.git.repo.CredentialFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Commits that change how often a text stands in a file, as {@code git log -S} finds them. */
final class TextChange extends RevFilter {

  private static final int LARGEST = 5_000_000;

  private final ObjectReader reader;
  private final byte[] text;
  private final Optional<String> path;

  /** Gives a text as it may be seen: what is masked cannot be asked for. */
  private final UnaryOperator<String> mask;

  TextChange(ObjectReader reader, String text, Optional<String> path, UnaryOperator<String> mask) {
    this.reader = reader;
    this.mask = mask;
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.path = path;
  }

  @Override
  public boolean include(RevWalk walk, RevCommit commit) throws IOException {
    if (commit.getParentCount() > 1) {
      return false;
    }
    try (var trees = new TreeWalk(reader)) {
      if (commit.getParentCount() == 0) {
        trees.addTree(new EmptyTreeIterator());
      } else {
        walk.parseHeaders(commit.getParent(0));
        trees.addTree(commit.getParent(0).getTree());
      }
      trees.addTree(commit.getTree());
      trees.setRecursive(true);
      trees.setFilter(
          path.isEmpty()
              ? TreeFilter.ANY_DIFF
              : AndTreeFilter.create(PathFilter.create(path.get()), TreeFilter.ANY_DIFF));
      while (trees.next()) {
        if (!CredentialFiles.has(trees.getPathString()) && count(trees, 0) != count(trees, 1)) {
          return true;
        }
      }
      return false;
    }
  }

  private int count(TreeWalk trees, int side) throws IOException {
    var mode = trees.getFileMode(side);
    if (mode == FileMode.MISSING || mode.getObjectType() != Constants.OBJ_BLOB) {
      return 0;
    }
    return count(trees.getObjectId(side));
  }

  private int count(ObjectId blob) throws IOException {
    var loader = reader.open(blob, Constants.OBJ_BLOB);
    if (loader.getSize() > LARGEST) {
      return 0;
    }
    var content = loader.getCachedBytes(LARGEST);
    if (count(content) == 0) {
      return 0;
    }
    var seen = mask.apply(new String(content, StandardCharsets.UTF_8));
    return count(seen.getBytes(StandardCharsets.UTF_8));
  }

  private int count(byte[] content) {
    int count = 0;
    for (int i = 0; i + text.length <= content.length; i++) {
      if (content[i] == text[0] && matches(content, i)) {
        count++;
        i += text.length - 1;
      }
    }
    return count;
  }

  private boolean matches(byte[] content, int at) {
    for (int i = 1; i < text.length; i++) {
      if (content[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public RevFilter clone() {
    return this;
  }
}
