package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
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
    var denied = new FileReasons(snapshot).denied(pod, spec, line);
    if (denied.isPresent()) {
      return denied;
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
    return variable(pod, spec, line).or(() -> new FileReasons(snapshot).missing(pod, spec, line));
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

  private static Reason inUse(Json pod) {
    var ports = new ArrayList<String>();
    for (var container : Containers.of(pod.at("spec"))) {
      container
          .list("ports")
          .forEach(p -> ports.add(container.text("name") + " " + p.text("containerPort")));
    }
    return new Reason(
        "ports of the pod's containers: "
            + Words.joined(ports)
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
            + Words.joined(volumes)
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
                .or(() -> dev.fuse.text.Spelling.nearest(name, there));
        return Optional.of(
            new Reason(
                "variables there: " + Words.joined(List.copyOf(there)),
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
}
