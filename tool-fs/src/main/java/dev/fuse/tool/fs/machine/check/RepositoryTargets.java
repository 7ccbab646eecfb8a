package dev.fuse.tool.fs.machine.check;

import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The kube contexts and Google Cloud projects that the files of a project name. */
final class RepositoryTargets {

  /**
   * A place that names one.
   *
   * @param value the context or the project's id
   * @param where file and line
   */
  record Mention(String value, String where) {}

  private static final int MOST_FILES = 80;
  private static final long MOST_BYTES = 256 << 10;

  /** Folders by the glob of their files that say where something is deployed. */
  private static final Map<String, String> FILES =
      Map.of(
          "",
          "{*.yml,*.yaml,*.tf,*.sh,Tiltfile,Makefile,justfile,.firebaserc,mise.toml,.mise.toml}",
          ".github/workflows",
          "*.{yml,yaml}",
          "terraform",
          "*.tf",
          "infra",
          "*.tf",
          "deploy",
          "*.{tf,sh}",
          "scripts",
          "*.sh",
          "hack",
          "*.sh");

  private static final String CONTEXT = "[\"']?([A-Za-z0-9][\\w.@:/-]*)";
  private static final String PROJECT = "[\"']?([a-z][a-z0-9-]{4,28}[a-z0-9])(?![\\w-])";

  private static final List<Pattern> CONTEXTS =
      List.of(
          Pattern.compile("^\\s*(?:-\\s*)?kubeContext\\s*:\\s*" + CONTEXT),
          Pattern.compile("(?:kubectl|flux|stern|istioctl)\\b.*\\s--context[= ]" + CONTEXT),
          Pattern.compile("helm\\b.*\\s--kube-context[= ]" + CONTEXT),
          Pattern.compile("kubectl\\s+config\\s+use-context\\s+" + CONTEXT),
          Pattern.compile("allow_k8s_contexts\\(\\s*\\[?\\s*" + CONTEXT));

  private static final List<Pattern> PROJECTS =
      List.of(
          Pattern.compile("^\\s*project\\s*=\\s*" + PROJECT),
          Pattern.compile("(?:gcloud|gsutil|bq)\\b.*\\s--project[= ]" + PROJECT),
          Pattern.compile("gcloud\\s+config\\s+set\\s+(?:core/)?project\\s+" + PROJECT),
          Pattern.compile(
              "^\\s*(?:export\\s+)?(?:project_id|PROJECT_ID|GCP_PROJECT(?:_ID)?|GOOGLE_CLOUD_PROJECT"
                  + "|CLOUDSDK_CORE_PROJECT)\\s*[:?]?[:=]\\s*"
                  + PROJECT),
          Pattern.compile("\\bgke_([a-z][a-z0-9-]{4,28}[a-z0-9])_"));

  private static final Pattern FIREBASE = Pattern.compile("\"[\\w-]+\"\\s*:\\s*" + PROJECT);

  /** Projects of others that images are taken from, such as debian-cloud. */
  private static final Pattern OF_IMAGES = Pattern.compile(".*-cloud");

  final List<Mention> contexts = new ArrayList<>();
  final List<Mention> projects = new ArrayList<>();
  private final Place place;
  private int files;

  private RepositoryTargets(Place place) {
    this.place = place;
  }

  static RepositoryTargets of(Place place) {
    var targets = new RepositoryTargets(place);
    FILES.forEach((folder, glob) -> targets.folder(place.directory().resolve(folder), glob));
    return targets;
  }

  private void folder(Path folder, String glob) {
    try (var entries = Files.newDirectoryStream(folder, glob)) {
      for (var entry : entries) {
        var attributes = Content.attributes(entry);
        boolean plain =
            attributes.filter(one -> one.isRegularFile() && one.size() < MOST_BYTES).isPresent();
        if (plain && !place.known().credential(entry) && ++files <= MOST_FILES) {
          file(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What is not there or may not be read names nothing.
    }
  }

  private void file(Path file) throws IOException {
    var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    boolean firebase = file.endsWith(".firebaserc");
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (line.stripLeading().startsWith("#") || line.length() > 1000) {
        continue;
      }
      var where = place.shown(file) + ":" + (i + 1);
      find(CONTEXTS, line, where, contexts);
      find(firebase ? List.of(FIREBASE) : PROJECTS, line, where, projects);
    }
    projects.removeIf(one -> OF_IMAGES.matcher(one.value()).matches());
  }

  private static void find(
      List<Pattern> patterns, String line, String where, List<Mention> mentions) {
    for (var pattern : patterns) {
      var found = pattern.matcher(line);
      if (found.find()) {
        mentions.add(new Mention(found.group(1), where));
      }
    }
  }
}
