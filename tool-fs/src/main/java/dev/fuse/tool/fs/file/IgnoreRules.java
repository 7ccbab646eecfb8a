package dev.fuse.tool.fs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code .gitignore} files from the repository's root down to a folder say, the nearest
 * first; the repository's {@code info/exclude} last.
 */
final class IgnoreRules {

  /** A file of rules is small; a larger one is something else. */
  private static final long MOST = 1 << 20;

  private final @Nullable IgnoreRules outer;
  private final @Nullable IgnoreNode rules;
  private final int prefix;

  private IgnoreRules(@Nullable IgnoreRules outer, @Nullable IgnoreNode rules, int prefix) {
    this.outer = outer;
    this.rules = rules;
    this.prefix = prefix;
  }

  /** The rules that hold in a folder, those of the folders above it included. */
  static IgnoreRules at(Path folder) {
    var above = new ArrayDeque<Path>();
    @Nullable Path root = folder;
    while (root != null && !Files.exists(root.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
      above.push(root);
      root = root.getParent();
    }
    if (root == null) {
      return new IgnoreRules(null, null, 0).in(folder);
    }
    var rules =
        new IgnoreRules(null, read(root.resolve(".git/info/exclude")), prefix(root)).in(root);
    for (var below : above) {
      rules = rules.in(below);
    }
    return rules;
  }

  /** The rules one folder further down. */
  IgnoreRules in(Path folder) {
    var own = read(folder.resolve(".gitignore"));
    return own == null ? this : new IgnoreRules(this, own, prefix(folder));
  }

  boolean ignored(Path path, boolean folder) {
    var text = path.toString();
    for (var at = this; at != null; at = at.outer) {
      var verdict =
          at.rules == null ? null : at.rules.checkIgnored(text.substring(at.prefix), folder);
      if (verdict != null) {
        return verdict;
      }
    }
    return false;
  }

  private static int prefix(Path folder) {
    var length = folder.toString().length();
    return folder.getNameCount() == 0 ? length : length + 1;
  }

  private static @Nullable IgnoreNode read(Path file) {
    try {
      var attributes = Content.attributes(file);
      if (attributes.filter(found -> found.isRegularFile() && found.size() < MOST).isEmpty()) {
        return null;
      }
      var node = new IgnoreNode();
      try (var in = Files.newInputStream(file)) {
        node.parse(in);
      }
      return node.getRules().isEmpty() ? null : node;
    } catch (IOException e) {
      // Rules that may not be read hide nothing.
      return null;
    }
  }
}
