package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a file is not there or may not be used: mounts, keys and users of the container. */
record FileReasons(Snapshot snapshot) {

  private static final Pattern NO_FILE =
      Pattern.compile("(?i)no such file|ENOENT|FileNotFound|cannot find|does not exist|not found");
  private static final Pattern FILE = Pattern.compile("(?<![\\w:/])(/[\\w.@-]+(?:/[\\w.@-]+)+)");
  private static final Pattern DENIED =
      Pattern.compile("(?i)permission denied(?! for)|EACCES|operation not permitted|EPERM");
  private static final Pattern PROGRAM =
      Pattern.compile(
          "\\.(m?js|cjs|ts|py|rb|php|jar|war|dll|pl|sh|so(\\.\\d+)*)$|/bin/[^/]+$|/node_modules/");
  private static final Pattern READ_ONLY = Pattern.compile("(?i)read-only file ?system|EROFS");

  /** Why a file may not be used; empty where the line does not speak of that. */
  Optional<Reason> denied(Json pod, Json spec, String line) {
    return READ_ONLY.matcher(line).find() || DENIED.matcher(line).find()
        ? Optional.of(refused(pod, spec, line))
        : Optional.empty();
  }

  private static Reason refused(Json pod, Json spec, String line) {
    var settings = new ArrayList<String>();
    for (var at : List.of(pod.at("spec.securityContext"), spec.at("securityContext"))) {
      at.fields()
          .forEach((key, value) -> settings.add(key + " " + (value instanceof List ? "…" : value)));
    }
    var path = path(line);
    var mount = path.flatMap(file -> mount(spec, file));
    var low = line.matches("(?is).*bind.*|.*listen.*");
    var seen =
        "securityContext: "
            + (settings.isEmpty() ? "none" : String.join(", ", settings))
            + mount
                .map(
                    one ->
                        "; "
                            + one.text("mountPath")
                            + " is volume '"
                            + one.text("name")
                            + "'"
                            + (one.bool("readOnly") ? ", mounted read-only" : ""))
                .orElse(path.map(file -> "; no volume is mounted at " + file).orElse(""));
    if (READ_ONLY.matcher(line).find()) {
      return new Reason(
          seen,
          mount.isPresent()
              ? "the volume is read-only"
              : "the root file system is read-only and the program writes to it",
          "mount an emptyDir where it writes");
    }
    return low
        ? new Reason(
            seen,
            "a user without privileges may not listen on a port below 1024",
            "listen on a higher port, or add the capability NET_BIND_SERVICE")
        : new Reason(
            seen,
            "the user that it runs as may not use that file",
            "set fsGroup or runAsUser to what the file needs, or change its owner in the image");
  }

  private static Optional<String> path(String line) {
    var match = FILE.matcher(line);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }

  /** The innermost mount that holds the file. */
  private static Optional<Json> mount(Json spec, String file) {
    return spec.list("volumeMounts").stream()
        .filter(one -> (file + "/").startsWith(one.text("mountPath").replaceAll("/$", "") + "/"))
        .max(java.util.Comparator.comparingInt(one -> one.text("mountPath").length()));
  }

  /** A file that is wanted in a volume, against the keys that are mounted there. */
  Optional<Reason> missing(Json pod, Json spec, String line) {
    var path = NO_FILE.matcher(line).find() ? path(line) : Optional.<String>empty();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    if (path.get().contains("/serviceaccount/")) {
      return Optional.of(noToken(pod));
    }
    var mount = mount(spec, path.get());
    if (mount.isEmpty()) {
      var mounts = spec.list("volumeMounts").stream().map(one -> one.text("mountPath"));
      var all = mounts.filter(at -> !at.contains("serviceaccount")).toList();
      return Optional.of(
          new Reason(
              "mounts: " + Words.joined(all),
              "file " + path.get() + " is neither in the image nor in a volume",
              "mount it, or correct the path"));
    }
    return Optional.of(inVolume(pod, spec, mount.get(), path.get()));
  }

  /** Whether a file is the program's own, which no volume is expected to hold. */
  private static boolean program(Json spec, String path) {
    var words =
        String.join(" ", spec.texts("command")) + " " + String.join(" ", spec.texts("args"));
    return words.contains(path) || PROGRAM.matcher(path).find();
  }

  private Reason inVolume(Json pod, Json spec, Json mount, String path) {
    var volume =
        pod.list("spec.volumes").stream()
            .filter(one -> one.text("name").equals(mount.text("name")))
            .findFirst()
            .orElse(Json.EMPTY);
    var map = volume.text("configMap.name");
    var keys =
        map.isEmpty()
            ? List.<String>of()
            : snapshot
                .read(Kind.CONFIG_MAP, pod.namespace(), map)
                .map(one -> List.copyOf(one.at("data").fields().keySet()))
                .orElse(List.of());
    var items =
        volume.list("configMap.items").stream()
            .map(one -> one.text("key") + " as " + one.text("path"))
            .toList();
    var what =
        map.isEmpty()
            ? "volume '" + mount.text("name") + "'"
            : "ConfigMap " + map + " with keys " + Words.joined(keys);
    var file = path.substring(path.lastIndexOf('/') + 1);
    if (!mount.has("subPath")
        && Words.nearest(file, keys).isEmpty()
        && !volume.has("persistentVolumeClaim")
        && program(spec, path)) {
      return new Reason(
          mount.text("mountPath") + " is " + what + ", mounted over that folder of the image",
          "volume '"
              + mount.text("name")
              + "' is mounted at "
              + mount.text("mountPath")
              + " and so hides the image's own files there, "
              + path
              + " too",
          "mount it at another folder, or only its file with subPath");
    }
    return new Reason(
        mount.text("mountPath")
            + " is "
            + what
            + (items.isEmpty() ? "" : ", mounted: " + String.join(", ", items))
            + mount.find("subPath").map(sub -> ", subPath " + sub).orElse(""),
        "the volume has no file '"
            + file
            + "'"
            + Words.nearest(file, keys).map(o -> "; it has '" + o + "'").orElse(""),
        "correct the path, the key or the items of the volume");
  }

  private Reason noToken(Json pod) {
    var account = pod.text("spec.serviceAccountName", "default");
    var own = pod.text("spec.automountServiceAccountToken", "not set");
    var of =
        snapshot
            .read(Kind.SERVICE_ACCOUNT, pod.namespace(), account)
            .map(one -> one.text("automountServiceAccountToken", "not set"))
            .orElse("not read");
    return new Reason(
        "automountServiceAccountToken of the pod: "
            + own
            + ", of ServiceAccount '"
            + account
            + "': "
            + of,
        "the pod has no service account token: it is not mounted",
        "set automountServiceAccountToken to true in the pod template");
  }
}
