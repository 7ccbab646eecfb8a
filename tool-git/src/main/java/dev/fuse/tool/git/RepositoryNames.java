package dev.fuse.tool.git;

import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Branches, tags and remotes of the repository we are in, read from its files. */
final class RepositoryNames implements InventorySource {

  private static final String ROOT = "git-root";
  private static final Pattern REMOTE = Pattern.compile("^\\s*\\[remote \"([^\"]+)\"\\]");

  private static final Spec SPEC =
      new Spec(
          "git",
          List.of(ROOT),
          false,
          List.of(
              ItemKind.of("Branch", "branch", "branche"),
              ItemKind.of("Tag", "tag"),
              ItemKind.of("Remote", "remote")));

  @Override
  public Spec spec() {
    return SPEC;
  }

  @Override
  public Listing list(PluginContext context, Query query) {
    var root = context.facts().find(ROOT).map(Path::of).orElseThrow();
    try {
      var folder = common(root);
      var items = new ArrayList<Item>();
      names(folder, "refs/heads/").forEach(name -> items.add(Item.of("Branch", name, Map.of())));
      names(folder, "refs/tags/").forEach(name -> items.add(Item.of("Tag", name, Map.of())));
      remotes(folder).forEach(name -> items.add(Item.of("Remote", name, Map.of())));
      return Listing.of(items.stream().limit(query.most()).toList());
    } catch (IOException e) {
      throw new ToolFailure(
          ToolResult.Kind.UNAVAILABLE, "'" + root + "' cannot be read: " + e.getMessage(), "");
    }
  }

  /** The folder that all work trees of a repository share. */
  private static Path common(Path root) throws IOException {
    var dot = root.resolve(".git");
    var folder = dot;
    if (Files.isRegularFile(dot)) {
      var pointed = Files.readString(dot).strip().replaceFirst("^gitdir: *", "");
      folder = root.resolve(pointed);
    } else if (!Files.isDirectory(dot)) {
      folder = root;
    }
    var shared = folder.resolve("commondir");
    return Files.isRegularFile(shared) ? folder.resolve(Files.readString(shared).strip()) : folder;
  }

  private static Set<String> names(Path folder, String below) throws IOException {
    var names = new LinkedHashSet<String>();
    var loose = folder.resolve(below);
    if (Files.isDirectory(loose)) {
      try (var files = Files.walk(loose)) {
        files
            .filter(Files::isRegularFile)
            .forEach(file -> names.add(loose.relativize(file).toString().replace('\\', '/')));
      }
    }
    var packed = folder.resolve("packed-refs");
    if (Files.isRegularFile(packed)) {
      try (var lines = Files.lines(packed)) {
        lines
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .filter(name -> name.startsWith(below))
            .forEach(name -> names.add(name.substring(below.length())));
      }
    }
    return names;
  }

  private static List<String> remotes(Path folder) throws IOException {
    var config = folder.resolve("config");
    if (!Files.isRegularFile(config)) {
      return List.of();
    }
    try (var lines = Files.lines(config)) {
      return lines
          .map(REMOTE::matcher)
          .filter(match -> match.find())
          .map(match -> match.group(1))
          .toList();
    }
  }
}
