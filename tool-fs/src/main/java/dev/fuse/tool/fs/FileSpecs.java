package dev.fuse.tool.fs;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.place.Location;
import java.util.EnumSet;
import java.util.List;

/** What is known of the tools for files before their code is loaded. */
final class FileSpecs {

  private FileSpecs() {}

  static ToolSpec list() {
    return ToolSpec.of(
            "fs_list",
            "Lists a folder as a tree with sizes and counts; ignored folders are only counted.",
            Schema.object()
                .optional("path", Schema.string("folder").byDefault("."))
                .optional("depth", Schema.integer("levels shown").range(1, 20).byDefault(2))
                .optional("limit", Schema.integer("entries").range(1, 2000).byDefault(200)),
            Ceiling.readsSecrets(Location.FILES))
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
            Ceiling.readsSecrets(Location.FILES))
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
            Ceiling.readsSecrets(Location.FILES))
        .keywords("search", "find", "grep", "where", "occurs");
  }

  static ToolSpec find() {
    return ToolSpec.of(
            "fs_find",
            "Finds files and folders by name, age, size, content; sorted, with sizes and times.",
            Schema.object()
                .optional("path", Schema.string("folder").byDefault("."))
                .optional("name", Schema.string("glob, such as *.log or src/**"))
                .optional("kind", Schema.choice("only these", "file", "folder", "link"))
                .optional("older", Schema.string("changed before, such as 30d"))
                .optional("newer", Schema.string("changed since, such as 2h"))
                .optional("larger", Schema.string("such as 10MB"))
                .optional("smaller", Schema.string("such as 1kB"))
                .optional("content", Schema.string("regex that a line matches"))
                .optional(
                    "sort",
                    Schema.choice("order", "name", "size", "newest", "oldest").byDefault("name"))
                .optional("ignored", Schema.bool("what .gitignore names too").byDefault(false))
                .optional("limit", Schema.integer("entries").range(1, 2000).byDefault(100)),
            Ceiling.readsSecrets(Location.FILES))
        .keywords("find", "oldest", "newest", "largest", "big files", "changed since");
  }

  static ToolSpec stat() {
    return ToolSpec.of(
            "fs_stat",
            "Kind, size, mode, owner, time and, if wanted, checksum of files.",
            Schema.object()
                .required("paths", Schema.array("files or folders", Schema.string("path")))
                .optional("checksum", Schema.choice("which", "md5", "sha1", "sha256", "sha512")),
            Ceiling.readsSecrets(Location.FILES))
        .keywords("permission", "owner", "checksum", "sha256", "mode", "link");
  }

  static ToolSpec usage() {
    return ToolSpec.of(
            "fs_usage",
            "Which folders below a folder take the disk's room, largest first.",
            Schema.object()
                .optional("path", Schema.string("folder").byDefault("."))
                .optional("limit", Schema.integer("lines").range(1, 200).byDefault(30)),
            Ceiling.readsSecrets(Location.FILES))
        .keywords("du", "disk", "space", "full", "large");
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

  static ToolSpec editMany() {
    return ToolSpec.of(
            "fs_edit_many",
            "Several edits like fs_edit's, in one or more files, made all or none.",
            Schema.object()
                .required(
                    "edits",
                    Schema.array(
                        "in order",
                        Schema.object()
                            .required("path", Schema.string("file"))
                            .required("old", Schema.string("exact text, once in the file"))
                            .required("new", Schema.string("instead")))),
            changes())
        .keywords("edit", "rename everywhere", "replace", "several files");
  }

  static ToolSpec plan() {
    return ToolSpec.of(
            "fs_plan",
            "Moves, renames, copies, deletes many files in one call: checked, shown to the person,"
                + " made whole or not at all, undoable. Folders are made by need; 'path' may be a"
                + " glob; 'to' ending in / is a folder.",
            Schema.object()
                .required(
                    "steps",
                    Schema.array(
                        "in order",
                        Schema.object()
                            .required(
                                "action",
                                Schema.choice(
                                    "tidy removes an empty folder",
                                    "move",
                                    "copy",
                                    "delete",
                                    "folder",
                                    "tidy"))
                            .required("path", Schema.string("what"))
                            .optional("to", Schema.string("where to, for move and copy")))),
            changes(Verb.READ, Verb.READ_SECRET))
        .keywords("move", "rename", "copy", "delete", "reorganise", "tidy up", "structure");
  }

  static ToolSpec archiveList() {
    return ToolSpec.of(
            "fs_archive_list",
            "What a tar, zip, gz, bz2 or xz holds.",
            Schema.object()
                .required("path", Schema.string("archive"))
                .optional("limit", Schema.integer("entries").range(1, 2000).byDefault(200)),
            Ceiling.readsSecrets(Location.FILES))
        .keywords("archive", "zip", "tar", "jar");
  }

  static ToolSpec archiveExtract() {
    return ToolSpec.of(
            "fs_archive_extract",
            "Unpacks an archive into a new folder, whole or not at all.",
            Schema.object()
                .required("path", Schema.string("archive"))
                .required("to", Schema.string("folder that is not there yet"))
                .optional("most", Schema.string("bytes unpacked").byDefault("1GB")),
            changes(Verb.READ, Verb.READ_SECRET))
        .keywords("unpack", "unzip", "untar", "extract");
  }

  static ToolSpec get() {
    return ToolSpec.of(
            "fs_get",
            "Values of a YAML, JSON, TOML, XML or properties file by path, flattened.",
            Schema.object()
                .required("path", Schema.string("file"))
                .optional("at", Schema.string("such as spec.containers[*].image")),
            Ceiling.readsSecrets(Location.FILES))
        .keywords("yaml", "json", "toml", "xml", "properties", "value", "key");
  }

  static ToolSpec restore() {
    return ToolSpec.of(
        "fs_restore",
        "Used by undo: brings files back as they were.",
        Schema.object()
            .required(
                "files",
                Schema.array(
                    "to bring back",
                    Schema.object()
                        .required("path", Schema.string("file"))
                        .optional("kept", Schema.string("its content; none: remove it"))
                        .optional("mode", Schema.string("such as rw-r--r--"))))
            .optional("folders", Schema.array("removed if empty", Schema.string("folder"))),
        changes());
  }

  private static Ceiling changes(Verb... more) {
    var verbs = EnumSet.of(Verb.CREATE, Verb.UPDATE, Verb.DELETE);
    verbs.addAll(List.of(more));
    return Ceiling.of(Risk.HIGH, false, verbs, Location.FILES);
  }
}
