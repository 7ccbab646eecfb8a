package dev.fuse.tool.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a log complains about, compared with what the container was given. */
record ProgramReasons(Snapshot snapshot) {

  private static final Pattern VARIABLE = Pattern.compile("\\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\\b");
  private static final Pattern LACKS =
      Pattern.compile(
          "(?i)missing|required|not set|unset|undefined|must be set|not defined|empty|not provided"
              + "|not found|not present|KeyError|no value|expected|is null|set the");
  private static final Pattern NO_FILE =
      Pattern.compile("(?i)no such file|ENOENT|FileNotFound|cannot find|does not exist|not found");
  private static final Pattern FILE = Pattern.compile("(?<![\\w:/])(/[\\w.@-]+(?:/[\\w.@-]+)+)");
  private static final Pattern DENIED =
      Pattern.compile("(?i)permission denied(?! for)|EACCES|operation not permitted|EPERM");
  private static final Pattern READ_ONLY = Pattern.compile("(?i)read-only file ?system|EROFS");
  private static final Pattern IN_USE =
      Pattern.compile("(?i)address already in use|EADDRINUSE|port \\d+ is already");
  private static final Pattern FULL = Pattern.compile("(?i)no space left|ENOSPC|disk quota");
  private static final Pattern LOGIN =
      Pattern.compile(
          "(?i)password authentication failed|authentication failed|access denied for user"
              + "|invalid (credentials|password|username)|WRONGPASS|NOAUTH|bad credentials"
              + "|login failed|SASL|401 Unauthorized");
  private static final Pattern FORMAT = Pattern.compile("(?i)exec format error");
  private static final Pattern HEAP = Pattern.compile("OutOfMemoryError|heap out of memory");
  private static final Pattern X509 =
      Pattern.compile("(?i)x509|certificate (has expired|verify failed|is not valid|is valid for)");

  Optional<Reason> of(Json pod, String container, List<String> log) {
    var spec = Containers.spec(pod, container).orElse(Json.EMPTY);
    return log.stream().flatMap(line -> of(pod, spec, line).stream()).findFirst();
  }

  private Optional<Reason> of(Json pod, Json spec, String line) {
    if (FORMAT.matcher(line).find()) {
      return Optional.of(architecture(pod, spec));
    }
    if (READ_ONLY.matcher(line).find() || DENIED.matcher(line).find()) {
      return Optional.of(denied(pod, spec, line));
    }
    if (IN_USE.matcher(line).find()) {
      return Optional.of(inUse(pod));
    }
    if (FULL.matcher(line).find()) {
      return Optional.of(full(pod, spec));
    }
    if (HEAP.matcher(line).find()) {
      return Optional.of(heap(spec));
    }
    if (X509.matcher(line).find()) {
      return Optional.of(
          new Reason(
              "the line is of TLS verification",
              "the certificate of the other side is not accepted: " + after(line, X509),
              "renew the certificate or correct the host name or the CA, as the line says"));
    }
    if (LOGIN.matcher(line).find()) {
      return Optional.of(login(spec));
    }
    return variable(pod, spec, line).or(() -> file(pod, spec, line));
  }

  private static String after(String line, Pattern pattern) {
    var match = pattern.matcher(line);
    var rest = match.find() ? line.substring(match.start()) : line;
    return rest.length() > 120 ? rest.substring(0, 120) + "…" : rest;
  }

  private Reason architecture(Json pod, Json spec) {
    var node = snapshot.find(Kind.NODE, "", pod.text("spec.nodeName")).orElse(Json.EMPTY);
    return new Reason(
        "image '"
            + spec.text("image")
            + "' on node "
            + node.name()
            + " of architecture "
            + node.text("status.nodeInfo.architecture"),
        "the image holds a program for another processor architecture than the node's",
        "build the image for "
            + node.text("status.nodeInfo.architecture")
            + ", or select nodes by kubernetes.io/arch");
  }

  private static Reason denied(Json pod, Json spec, String line) {
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

  private static Reason inUse(Json pod) {
    var ports = new ArrayList<String>();
    for (var container : Containers.of(pod.at("spec"))) {
      container
          .list("ports")
          .forEach(p -> ports.add(container.text("name") + " " + p.text("containerPort")));
    }
    return new Reason(
        "ports of the pod's containers: "
            + ConfigFaults.joined(ports)
            + (pod.bool("spec.hostNetwork") ? "; hostNetwork true" : ""),
        "two programs of the pod (or of the node, with hostNetwork) want the same port",
        "give one of them another port");
  }

  private static Reason full(Json pod, Json spec) {
    var volumes =
        pod.list("spec.volumes").stream()
            .filter(one -> !one.has("projected"))
            .map(
                one ->
                    one.text("name")
                        + (one.has("persistentVolumeClaim")
                            ? " (claim " + one.text("persistentVolumeClaim.claimName") + ")"
                            : one.has("emptyDir")
                                ? " (emptyDir " + one.text("emptyDir.sizeLimit", "no limit") + ")"
                                : ""))
            .toList();
    return new Reason(
        "volumes: "
            + ConfigFaults.joined(volumes)
            + "; ephemeral-storage limit "
            + spec.map("resources.limits").getOrDefault("ephemeral-storage", "none"),
        "the file system that it writes to is full",
        "enlarge the volume, or remove what fills it");
  }

  private static Reason heap(Json spec) {
    var options =
        spec.list("env").stream()
            .filter(one -> one.text("name").matches(".*(JAVA|JDK|JVM|NODE).*OPT.*"))
            .map(one -> one.text("name") + "=" + one.text("value"))
            .toList();
    return new Reason(
        "memory limit "
            + spec.map("resources.limits").getOrDefault("memory", "none")
            + "; "
            + (options.isEmpty() ? "no heap options set" : String.join(" ", options)),
        "the program's own heap is full, before the container's limit",
        "raise the heap (and the limit above it), or find what fills it");
  }

  private static Reason login(Json spec) {
    var from =
        spec.list("env").stream()
            .filter(one -> one.has("valueFrom.secretKeyRef"))
            .map(
                one ->
                    one.text("name")
                        + " from Secret "
                        + one.text("valueFrom.secretKeyRef.name")
                        + " key "
                        + one.text("valueFrom.secretKeyRef.key"))
            .toList();
    var all =
        spec.list("envFrom").stream()
            .map(one -> "all of Secret " + one.text("secretRef.name"))
            .filter(text -> !text.endsWith(" "))
            .toList();
    var names = new ArrayList<>(from);
    names.addAll(all);
    return new Reason(
        "credentials: " + (names.isEmpty() ? "none from a Secret" : String.join(", ", names)),
        "the other side refuses the user or password",
        "compare the Secret with what the other side knows; a changed Secret needs a restart");
  }

  private Optional<Reason> variable(Json pod, Json spec, String line) {
    var match = VARIABLE.matcher(line);
    if (!LACKS.matcher(line).find()) {
      return Optional.empty();
    }
    var there = variables(pod, spec);
    while (match.find()) {
      var name = match.group(1);
      if (!there.contains(name)) {
        var near =
            there.stream()
                .filter(one -> alike(name, one))
                .findFirst()
                .or(() -> dev.fuse.spi.Spelling.nearest(name, there));
        return Optional.of(
            new Reason(
                "variables there: " + ConfigFaults.joined(List.copyOf(there)),
                "variable "
                    + name
                    + " is not set"
                    + near.map(other -> "; " + other + " is").orElse(""),
                "set " + name + near.map(other -> " instead of " + other).orElse("")));
      }
    }
    return Optional.empty();
  }

  /** Names that share their last word, such as DB_HOST and DATABASE_HOST. */
  private static boolean alike(String a, String b) {
    return a.substring(a.lastIndexOf('_') + 1).equals(b.substring(b.lastIndexOf('_') + 1))
        && a.charAt(0) == b.charAt(0);
  }

  private Set<String> variables(Json pod, Json spec) {
    var names = new LinkedHashSet<String>();
    spec.list("env").forEach(one -> names.add(one.text("name")));
    for (var source : spec.list("envFrom")) {
      source
          .find("configMapRef.name")
          .flatMap(name -> snapshot.read(Kind.CONFIG_MAP, pod.namespace(), name))
          .ifPresent(
              map ->
                  map.at("data")
                      .fields()
                      .keySet()
                      .forEach(key -> names.add(source.text("prefix") + key)));
    }
    return names;
  }

  /** A file that is wanted in a volume, against the keys that are mounted there. */
  private Optional<Reason> file(Json pod, Json spec, String line) {
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
              "mounts: " + ConfigFaults.joined(all),
              "file " + path.get() + " is neither in the image nor in a volume",
              "mount it, or correct the path"));
    }
    return Optional.of(inVolume(pod, mount.get(), path.get()));
  }

  private Reason inVolume(Json pod, Json mount, String path) {
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
            : "ConfigMap " + map + " with keys " + ConfigFaults.joined(keys);
    var file = path.substring(path.lastIndexOf('/') + 1);
    return new Reason(
        mount.text("mountPath")
            + " is "
            + what
            + (items.isEmpty() ? "" : ", mounted: " + String.join(", ", items))
            + mount.find("subPath").map(sub -> ", subPath " + sub).orElse(""),
        "the volume has no file '"
            + file
            + "'"
            + ConfigFaults.nearest(file, keys).map(o -> "; it has '" + o + "'").orElse(""),
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
