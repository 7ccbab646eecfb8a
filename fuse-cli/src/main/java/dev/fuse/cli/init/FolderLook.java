package dev.fuse.cli.init;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Manifests and infrastructure code in one folder, and what they map to. */
record FolderLook(Path folder, String remote) implements Look {

  private static final int MOST_FILES = 5000;
  private static final int LARGEST = 400_000;
  private static final Set<String> SKIPPED = Set.of("node_modules", "target", "vendor", "build");
  private static final Pattern KIND = line("kind");
  private static final Pattern NAMESPACE = Pattern.compile("(?m)^  namespace: *[\"']?([\\w.-]+)");
  private static final Pattern NAME = Pattern.compile("(?m)^  name: *[\"']?([\\w.-]+)");
  private static final Pattern FLOW =
      Pattern.compile("(?m)^metadata: *\\{.*?\\bname: *[\"']?([\\w.-]+)");
  private static final Pattern FLOW_NAMESPACE =
      Pattern.compile("(?m)^metadata: *\\{.*?\\bnamespace: *[\"']?([\\w.-]+)");
  private static final Pattern IMAGE = Pattern.compile("(?m)^[ -]*image: *[\"']?([^\\s\"'#]+)");
  private static final Pattern ACCOUNT =
      Pattern.compile("(?m)^ *serviceAccountName: *[\"']?([\\w.-]+)");
  private static final Pattern SOURCE = Pattern.compile("(?m)^ *repoURL: *[\"']?([^\\s\"']+)");
  private static final Pattern PATH = Pattern.compile("(?m)^ *path: *[\"']?([^\\s\"']+)");
  private static final Pattern TERRAFORM =
      Pattern.compile("(?m)^resource +\"(google_\\w+)\" +\"([\\w-]+)\"");
  private static final Pattern VALUE =
      Pattern.compile(
          "projects/[\\w:.-]+/(?:topics|subscriptions|secrets)/[\\w.-]+|gs://[a-z0-9._-]+");

  private static Pattern line(String key) {
    return Pattern.compile("(?m)^" + key + ": *[\"']?([A-Za-z]+)");
  }

  @Override
  public String section() {
    return "repository";
  }

  @Override
  public String title() {
    return "files in " + folder;
  }

  @Override
  public void look(Found found) {
    found.fact("folder", folder.toString());
    found.fact("remote", remote);
    var kinds = new TreeSet<String>();
    var workflows = new TreeSet<String>();
    var terraform = new TreeSet<String>();
    var charts = new TreeSet<String>();
    var files = files(found);
    for (var file : files) {
      var name = String.valueOf(file.getFileName());
      var relative = folder.relativize(file).toString();
      if (name.endsWith(".tf")) {
        terraform.add(parent(relative));
        terraform(found, relative, text(file));
      } else if (name.equals("Chart.yaml")) {
        charts.add(parent(relative));
      } else if (name.equals("kustomization.yaml") || name.equals("kustomization.yml")) {
        kinds.add("Kustomize");
      } else if (relative.startsWith(".github/workflows/")) {
        workflows.add(name);
      } else {
        manifest(found, relative, text(file), kinds);
      }
    }
    found.fact("files-read", String.valueOf(files.size()));
    found.fact("workflows", List.copyOf(workflows));
    found.fact("terraform", List.copyOf(terraform));
    found.fact("helm-charts", List.copyOf(charts));
    found.fact("also", List.copyOf(kinds));
  }

  private static String parent(String relative) {
    int slash = relative.lastIndexOf('/');
    return slash < 0 ? "." : relative.substring(0, slash);
  }

  /** Each document by its lines: templates are no YAML, and still say what they are. */
  private void manifest(Found found, String file, String text, Set<String> kinds) {
    for (var document : text.split("(?m)^---.*$", -1)) {
      var kind = first(KIND, document);
      switch (kind) {
        case "Deployment", "StatefulSet", "DaemonSet", "CronJob" ->
            workload(found, file, kind, document);
        case "Application" -> {
          kinds.add("Argo CD");
          application(found, file, document);
        }
        case "Kustomization", "HelmRelease" -> kinds.add("Flux");
        default -> {
          if (document.contains("cnrm.cloud.google.com/")) {
            kinds.add("Config Connector");
          }
        }
      }
    }
  }

  private void workload(Found found, String file, String kind, String document) {
    var name = first(FLOW, document).isEmpty() ? first(NAME, document) : first(FLOW, document);
    if (name.isEmpty()) {
      return;
    }
    var flow = first(FLOW_NAMESPACE, document);
    var space = flow.isEmpty() ? first(NAMESPACE, document) : flow;
    var one =
        Connection.of(space.isEmpty() ? name : space + "/" + name)
            .with("kind", kind)
            .with("repository", remote)
            .with("manifest", file);
    var account = first(ACCOUNT, document);
    if (!account.isEmpty() && !space.isEmpty()) {
      one = one.with("service-account", space + "/" + account);
    }
    for (var image : all(IMAGE, document)) {
      one = Images.into(one, image);
    }
    var values = VALUE.matcher(document);
    while (values.find()) {
      one = one.with("uses", Uses.of(values.group()));
    }
    found.connection(one);
  }

  private static void application(Found found, String file, String document) {
    var name = first(FLOW, document).isEmpty() ? first(NAME, document) : first(FLOW, document);
    var source = first(SOURCE, document);
    if (!name.isEmpty() && !source.isEmpty()) {
      found.fact("application " + name, source + " " + first(PATH, document) + " (" + file + ")");
    }
  }

  private static void terraform(Found found, String file, String text) {
    var match = TERRAFORM.matcher(text);
    var seen = new ArrayList<String>();
    while (match.find() && seen.size() < 30) {
      seen.add(match.group(1) + "." + match.group(2));
    }
    found.fact("terraform " + file, seen);
  }

  private static String first(Pattern pattern, String text) {
    var match = pattern.matcher(text);
    return match.find() ? match.group(1) : "";
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).limit(10).toList();
  }

  private static String text(Path file) {
    try {
      return Files.size(file) > LARGEST ? "" : Files.readString(file);
    } catch (CharacterCodingException _) {
      return "";
    } catch (IOException _) {
      // A file that is gone or closed to us says nothing about what connects things.
      return "";
    }
  }

  private List<Path> files(Found found) {
    var files = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              var name = path.getFileName() == null ? "" : path.getFileName().toString();
              boolean hidden = name.startsWith(".") && !name.equals(".github");
              return !path.equals(folder) && (hidden || SKIPPED.contains(name))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              var name = path.toString();
              if (name.endsWith(".tf") || name.endsWith(".yaml") || name.endsWith(".yml")) {
                files.add(path);
              }
              if (files.size() >= MOST_FILES) {
                found.missing("files", "only the first " + MOST_FILES + " were read");
                return FileVisitResult.TERMINATE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      found.missing("files", String.valueOf(e.getMessage()));
    }
    return files;
  }
}
