package dev.fuse.tool.fs;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.util.EnumSet;

/** What is known of the tools for files before their code is loaded. */
final class FileSpecs {

  static final String FILES = "files";

  private FileSpecs() {}

  static ToolSpec list() {
    return ToolSpec.of(
            "fs_list",
            "Lists a folder as a tree with sizes and counts; ignored folders are only counted.",
            Schema.object()
                .optional("path", Schema.string("folder").byDefault("."))
                .optional("depth", Schema.integer("levels shown").range(1, 20).byDefault(2))
                .optional("limit", Schema.integer("entries").range(1, 2000).byDefault(200)),
            Ceiling.readsSecrets(FILES))
        .keywords("files", "folder", "directory", "structure", "tree", "ls");
  }

  static ToolSpec read() {
    return ToolSpec.of(
            "fs_read",
            "Reads lines of a text file, numbered; a negative 'from' counts from the end.",
            Schema.object()
                .required("path", Schema.string("file"))
                .optional("from", Schema.integer("first line").byDefault(1))
                .optional("lines", Schema.integer("how many").range(1, 5000).byDefault(200)),
            Ceiling.readsSecrets(FILES))
        .keywords("file", "open", "cat", "show", "content", "log", "tail");
  }

  static ToolSpec search() {
    return ToolSpec.of(
            "fs_search",
            "Finds a regular expression in file names and lines below a folder or in a file;"
                + " skips what .gitignore names, binaries and credential files.",
            Schema.object()
                .required("pattern", Schema.string("Java regex; (?i) ignores case"))
                .optional("path", Schema.string("folder").byDefault("."))
                .optional("glob", Schema.string("only files like *.yaml or src/**"))
                .optional("limit", Schema.integer("hits").range(1, 1000).byDefault(100)),
            Ceiling.readsSecrets(FILES))
        .keywords("search", "find", "grep", "where", "occurs");
  }

  static ToolSpec write() {
    return ToolSpec.of(
            "fs_write",
            "Creates or replaces a text file whole; missing folders are made.",
            Schema.object()
                .required("path", Schema.string("file"))
                .required("content", Schema.string("all of it").secret()),
            changes())
        .keywords("write", "create", "save", "file");
  }

  static ToolSpec edit() {
    return ToolSpec.of(
            "fs_edit",
            "Replaces 'old', which must stand exactly once in the file, with 'new'.",
            Schema.object()
                .required("path", Schema.string("file"))
                .required("old", Schema.string("exact text, white space too").secret())
                .required("new", Schema.string("instead").secret()),
            changes())
        .keywords("edit", "change", "replace", "fix", "file");
  }

  static ToolSpec restore() {
    return ToolSpec.of(
        "fs_restore",
        "Used by undo: brings a file back as it was.",
        Schema.object()
            .required("path", Schema.string("file"))
            .optional("kept", Schema.string("reference to the content; none: remove the file"))
            .optional("mode", Schema.string("such as rw-r--r--"))
            .optional("folders", Schema.array("removed if empty", Schema.string("folder"))),
        changes());
  }

  private static Ceiling changes() {
    return Ceiling.of(Risk.HIGH, false, EnumSet.of(Verb.CREATE, Verb.UPDATE, Verb.DELETE), FILES);
  }
}
