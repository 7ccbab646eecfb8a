package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Check;
import dev.fuse.tool.kubernetes.diagnose.seen.Problem;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Helm releases whose stored manifest holds an API version that the server does not serve: the next
 * upgrade fails before it changes anything. Of the manifest only versions and kinds are looked at.
 */
public final class HelmReleases implements Check {

  private static final int MOST = 8;
  private static final int LARGEST = 8 << 20;
  private static final Pattern VERSION =
      Pattern.compile("(?:^|\\\\n|\\n)apiVersion: ?[\"']?([\\w.-]+)/([\\w.-]+)");
  private static final Pattern MANIFEST = Pattern.compile("\"manifest\"\\s*:\\s*\"");
  private static final Pattern KIND = Pattern.compile("(?:^|\\\\n|\\n)kind: ?[\"']?(\\w+)");

  @Override
  public Stream<Problem> problems(Snapshot cluster) {
    if (cluster.wholeCluster()) {
      return Stream.empty();
    }
    return cluster.glimpse(Kind.SECRET, cluster.place().namespace()).stream()
        .filter(one -> "helm".equals(one.labels().get("owner")))
        .filter(one -> "deployed".equals(one.labels().get("status")))
        .limit(MOST)
        .flatMap(one -> problem(cluster, one).stream());
  }

  private static Optional<Problem> problem(Snapshot cluster, Json shape) {
    var served = cluster.served();
    if (served.isEmpty()) {
      return Optional.empty();
    }
    var gone = new ArrayList<String>();
    var release = shape.labels().getOrDefault("name", shape.name());
    for (var document : manifest(cluster, shape).split("(?:\\\\n|\\n)---", -1)) {
      var version = VERSION.matcher(document);
      var kind = KIND.matcher(document);
      if (version.find()
          && kind.find()
          && !served.getOrDefault(version.group(1), List.of()).contains(version.group(2))) {
        gone.add(
            kind.group(1)
                + " of "
                + version.group(1)
                + "/"
                + version.group(2)
                + " (the server serves "
                + Words.joined(served.getOrDefault(version.group(1), List.of()))
                + ")");
      }
    }
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                new Json(
                    java.util.Map.of(
                        "kind",
                        "Secret",
                        "metadata",
                        java.util.Map.of("name", shape.name(), "namespace", shape.namespace()))),
                "the stored manifest of Helm release '"
                    + release
                    + "', revision "
                    + shape.labels().getOrDefault("version", "?")
                    + ", holds "
                    + Words.joined(gone.stream().distinct().toList()),
                "an API version of the stored manifest is no longer served, so helm cannot read"
                    + " the current release: an upgrade fails before it changes anything, whatever"
                    + " the new chart holds",
                "rewrite the stored release with the plugin: helm mapkubeapis "
                    + release
                    + "; then upgrade"));
  }

  private static String manifest(Snapshot cluster, Json shape) {
    var data =
        cluster
            .read(Kind.SECRET, shape.namespace(), shape.name())
            .map(secret -> secret.text("data.release"))
            .orElse("");
    try {
      var inner = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
      try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(inner))) {
        var text = new String(unzipped.readNBytes(LARGEST), StandardCharsets.UTF_8);
        return member(text);
      }
    } catch (IllegalArgumentException | IOException e) {
      return "";
    }
  }

  /** The manifest as the JSON of a release has it, its line ends still escaped. */
  private static String member(String release) {
    var match = MANIFEST.matcher(release);
    if (!match.find()) {
      return "";
    }
    int end = match.end();
    while (end < release.length() && release.charAt(end) != '"') {
      end += release.charAt(end) == '\\' ? 2 : 1;
    }
    return "\\n" + release.substring(match.end(), Math.min(end, release.length()));
  }
}
