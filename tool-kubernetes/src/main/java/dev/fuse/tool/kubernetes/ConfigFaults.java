package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why a container is not created: what it refers to, against what is there. */
record ConfigFaults(Snapshot snapshot) {

  private static final Pattern MISSING =
      Pattern.compile("(configmap|secret) \"([^\"]+)\" not found");
  private static final Pattern KEY =
      Pattern.compile(
          "(?:couldn't find key|references non-existent (?:secret|config) key:?) (\\S+)(?: in"
              + " (ConfigMap|Secret) (\\S+?)/(\\S+))?");

  Optional<Fault> fault(String workload, Json pod, String count) {
    var waiting =
        Containers.statuses(pod).stream()
            .filter(status -> status.has("state.waiting.reason"))
            .filter(status -> !status.text("state.waiting.reason").equals("PodInitializing"))
            .findFirst()
            .orElse(Json.EMPTY);
    var mount =
        snapshot.warning(pod, "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox");
    var said = waiting.text("state.waiting.message");
    if (said.isEmpty() && mount.isEmpty()) {
      return Optional.empty();
    }
    var message = said.isEmpty() ? mount.orElseThrow().message() : said;
    var reason = waiting.text("state.waiting.reason");
    var seen = count + " in " + reason + ": \"" + message + "\"";
    var missing = MISSING.matcher(message);
    if (missing.find()) {
      return Optional.of(missing(workload, pod, seen, missing.group(1), missing.group(2)));
    }
    var key = KEY.matcher(message);
    if (key.find()) {
      return Optional.of(key(workload, pod, seen, key.group(1), key.group(2), key.group(4)));
    }
    return Optional.of(
        Fault.error(
            workload,
            seen,
            mount.isPresent() ? "a volume cannot be mounted" : "the container cannot be created",
            "correct what the message names"));
  }

  private Fault missing(String workload, Json pod, String seen, String what, String name) {
    var kind = what.equals("secret") ? Kind.SECRET : Kind.CONFIG_MAP;
    var names =
        snapshot.names(kind, pod.namespace()).stream()
            .filter(one -> !one.equals("kube-root-ca.crt"))
            .toList();
    var place = reference(pod, name);
    var near = nearest(name, names);
    var there = names.isEmpty() ? "none" : String.join(", ", names.stream().limit(10).toList());
    return Fault.error(
        workload,
        seen + "; " + place + "wanted " + kind.name() + " '" + name + "', there: " + there,
        kind.name()
            + " '"
            + name
            + "' does not exist in namespace '"
            + pod.namespace()
            + "'"
            + near.map(other -> "; '" + other + "' does").orElse(""),
        near.map(other -> "refer to '" + other + "', or create '" + name + "'")
            .orElse("create it, or correct the reference"));
  }

  private Fault key(
      String workload,
      Json pod,
      String seen,
      String wanted,
      @org.jspecify.annotations.Nullable String in,
      @org.jspecify.annotations.Nullable String name) {
    if (in == null || name == null) {
      return Fault.error(workload, seen, "key '" + wanted + "' is not there", "correct the key");
    }
    var kind = in.equals("Secret") ? Kind.SECRET : Kind.CONFIG_MAP;
    var keys =
        snapshot
            .read(kind, pod.namespace(), name)
            .map(one -> List.copyOf(one.at("data").fields().keySet()))
            .orElse(List.of());
    return Fault.error(
        workload,
        seen + "; wanted key '" + wanted + "', keys there: " + String.join(", ", keys),
        in + " '" + name + "' has no key '" + wanted + "'" + Spelling.didYouMean(wanted, keys),
        "correct the key in the reference, or add it to the " + in);
  }

  /** Where in the spec the name stands. */
  private static String reference(Json pod, String name) {
    var volume =
        pod.list("spec.volumes").stream()
            .filter(
                one ->
                    one.text("secret.secretName").equals(name)
                        || one.text("configMap.name").equals(name))
            .map(one -> "volume '" + one.text("name") + "' ")
            .findFirst();
    return volume.orElseGet(
        () ->
            Containers.of(pod.at("spec")).stream()
                .filter(container -> container.fields().toString().contains("name=" + name))
                .map(container -> "container '" + container.text("name") + "' ")
                .findFirst()
                .orElse(""));
  }

  static Optional<String> nearest(String name, List<String> names) {
    var stem = name.split("-", -1)[0];
    return Spelling.nearest(name, names)
        .or(() -> names.stream().filter(one -> one.startsWith(stem)).findFirst());
  }

  static String joined(List<String> names) {
    return names.isEmpty() ? "none" : names.stream().limit(10).collect(Collectors.joining(", "));
  }
}
