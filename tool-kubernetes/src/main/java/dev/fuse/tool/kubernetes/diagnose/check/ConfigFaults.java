package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.text.Spelling;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.SecretKeys;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.Makers;
import dev.fuse.tool.kubernetes.diagnose.why.MountReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Why a container is not created: what it refers to, against what is there. */
public record ConfigFaults(Snapshot snapshot) {

  private static final Pattern MISSING =
      Pattern.compile("(configmap|secret|persistentvolumeclaim) \"([^\"]+)\" not found");
  private static final Pattern KEY =
      Pattern.compile(
          "(?:couldn't find key|references non-existent (?:secret|config) key:?) (\\S+)(?: in"
              + " (ConfigMap|Secret) (\\S+?)/(\\S+))?");
  private static final Pattern VOLUME = Pattern.compile("for volume \\\\?\"([^\"\\\\]+)");

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
      return absent(pod)
          .filter(_ -> waiting.text("state.waiting.reason").equals("ContainerCreating"))
          .map(one -> latent(workload, count + " in ContainerCreating", one, true));
    }
    var message = said.isEmpty() ? mount.orElseThrow().message() : said;
    var reason = waiting.text("state.waiting.reason");
    var seen = count + " in " + reason + ": \"" + message + "\"";
    var missing = MISSING.matcher(message);
    if (missing.find() && !missing.group(1).startsWith("persistent")) {
      return Optional.of(missing(workload, pod, seen, missing.group(1), missing.group(2)));
    }
    var key = KEY.matcher(message);
    if (key.find()) {
      var named =
          key.group(2) == null
              ? behind(pod, message)
              : Optional.of(Map.entry(key.group(2), key.group(4)));
      return Optional.of(key(workload, pod, seen, key.group(1), named));
    }
    return Optional.of(
        new MountReasons(snapshot)
            .of(pod, message)
            .map(
                found ->
                    Fault.error(workload, seen + "; " + found.seen(), found.cause(), found.next()))
            .or(() -> user(message, pod, waiting.text("name")).map(r -> fault(workload, seen, r)))
            .orElseGet(() -> plain(workload, seen, mount.isPresent())));
  }

  private static Fault fault(String workload, String seen, Reason reason) {
    return Fault.error(workload, seen + "; " + reason.seen(), reason.cause(), reason.next());
  }

  /** What the kubelet says of the user that an image or a container is to run as. */
  private static Optional<Reason> user(String message, Json pod, String container) {
    if (!message.contains("runAsNonRoot")) {
      return Optional.empty();
    }
    var spec = Containers.spec(pod, container).orElse(Json.EMPTY);
    var seen =
        "runAsNonRoot of the pod: "
            + pod.text("spec.securityContext.runAsNonRoot", "not set")
            + ", of the container: "
            + spec.text("securityContext.runAsNonRoot", "not set")
            + "; runAsUser: "
            + spec.text(
                "securityContext.runAsUser", pod.text("spec.securityContext.runAsUser", "not set"));
    return Optional.of(
        message.contains("non-numeric")
            ? new Reason(
                seen,
                "runAsNonRoot is demanded, and the image names its user instead of numbering it,"
                    + " so the kubelet cannot tell that it is not root",
                "set securityContext.runAsUser to the number of that user (65534 for nobody), or"
                    + " use a numeric USER in the image")
            : new Reason(
                seen,
                "runAsNonRoot is demanded, and the container would run as root",
                "set securityContext.runAsUser to a number other than 0, or use an image whose"
                    + " USER is not root"));
  }

  private static Fault plain(String workload, String seen, boolean mount) {
    return Fault.error(
        workload,
        seen,
        mount ? "a volume cannot be mounted" : "the container cannot be created",
        "correct what the message names");
  }

  /** Kind and name of what the volume that a message speaks of is made from. */
  private static Optional<Map.Entry<String, String>> behind(Json pod, String message) {
    var volume = VOLUME.matcher(message);
    if (!volume.find()) {
      return Optional.empty();
    }
    return pod.list("spec.volumes").stream()
        .filter(one -> one.text("name").equals(volume.group(1)))
        .findFirst()
        .flatMap(
            one ->
                one.find("configMap.name")
                    .map(name -> Map.entry("ConfigMap", name))
                    .or(
                        () ->
                            one.find("secret.secretName").map(name -> Map.entry("Secret", name))));
  }

  private Fault missing(String workload, Json pod, String seen, String what, String name) {
    var kind = what.equals("secret") ? Kind.SECRET : Kind.CONFIG_MAP;
    var names =
        snapshot.names(kind, pod.namespace()).stream()
            .filter(one -> !one.equals("kube-root-ca.crt"))
            .toList();
    var place = reference(pod, name);
    var maker = new Makers(snapshot).of(kind, pod.namespace(), name);
    if (maker.isPresent()) {
      return fault(workload, seen + "; " + place + "wants it", maker.get());
    }
    var near = Words.nearest(name, names);
    return Fault.error(
        workload,
        seen
            + "; "
            + place
            + "wanted "
            + kind.name()
            + " '"
            + name
            + "', there: "
            + Words.joined(names),
        kind.name()
            + " '"
            + name
            + "' does not exist in namespace '"
            + pod.namespace()
            + "'"
            + near.map(other -> "; '" + other + "' does").orElse("")
            + (names.contains(name) ? " (it did not then; it is there now)" : ""),
        near.map(other -> "refer to '" + other + "', or create '" + name + "'")
            .orElse("create it, or correct the reference"));
  }

  private Fault key(
      String workload,
      Json pod,
      String seen,
      String wanted,
      Optional<Map.Entry<String, String>> in) {
    if (in.isEmpty()) {
      return Fault.error(workload, seen, "key '" + wanted + "' is not there", "correct the key");
    }
    var kind = in.get().getKey();
    var name = in.get().getValue();
    var keys =
        kind.equals("Secret")
            ? new SecretKeys(snapshot).of(pod.namespace(), name)
            : snapshot
                .read(Kind.CONFIG_MAP, pod.namespace(), name)
                .map(ConfigFaults::keys)
                .orElse(List.of());
    return Fault.error(
        workload,
        seen + "; wanted key '" + wanted + "', keys there: " + Words.joined(keys),
        kind + " '" + name + "' has no key '" + wanted + "'" + Spelling.didYouMean(wanted, keys),
        "correct the key in the reference, or add it to the " + kind);
  }

  static List<String> keys(Json map) {
    var keys = new ArrayList<>(map.at("data").fields().keySet());
    keys.addAll(map.at("binaryData").fields().keySet());
    return keys;
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

  /** What a pod refers to: {@code ConfigMap/app}, {@code Secret/db}; optional ones are left out. */
  static Set<String> references(Json spec) {
    var all = new LinkedHashSet<String>();
    for (var volume : spec.list("volumes")) {
      reference(volume.at("configMap"), "name", "ConfigMap/", all);
      reference(volume.at("secret"), "secretName", "Secret/", all);
      for (var source : volume.list("projected.sources")) {
        reference(source.at("configMap"), "name", "ConfigMap/", all);
        reference(source.at("secret"), "name", "Secret/", all);
      }
    }
    for (var container : Containers.of(spec)) {
      for (var entry : container.list("env")) {
        reference(entry.at("valueFrom.configMapKeyRef"), "name", "ConfigMap/", all);
        reference(entry.at("valueFrom.secretKeyRef"), "name", "Secret/", all);
      }
      for (var source : container.list("envFrom")) {
        reference(source.at("configMapRef"), "name", "ConfigMap/", all);
        reference(source.at("secretRef"), "name", "Secret/", all);
      }
    }
    all.remove("ConfigMap/kube-root-ca.crt");
    return all;
  }

  private static void reference(Json from, String field, String prefix, Set<String> all) {
    if (!from.bool("optional")) {
      from.find(field).ifPresent(name -> all.add(prefix + name));
    }
  }

  /** The first thing that a pod refers to and that is not there. */
  Optional<String> absent(Json pod) {
    return references(pod.at("spec")).stream()
        .filter(
            one -> {
              var kind = one.startsWith("Secret/") ? Kind.SECRET : Kind.CONFIG_MAP;
              return snapshot
                  .knownNames(kind, pod.namespace())
                  .filter(names -> !names.contains(one.substring(one.indexOf('/') + 1)))
                  .isPresent();
            })
        .findFirst();
  }

  /** Running pods whose next start will fail, since what they refer to is gone. */
  public void examine(Map<String, List<Json>> workloads, Faults faults) {
    workloads.forEach(
        (workload, pods) -> {
          var pod = pods.getLast();
          if (!faults.has(workload)
              && !Containers.ended(pod)
              && !pod.has("metadata.deletionTimestamp")) {
            absent(pod)
                .ifPresent(
                    one ->
                        faults.add(
                            latent(workload, pods.size() + " pods refer to it", one, false)));
          }
        });
  }

  private Fault latent(String workload, String count, String reference, boolean now) {
    var kind = reference.startsWith("Secret/") ? Kind.SECRET : Kind.CONFIG_MAP;
    var name = reference.substring(reference.indexOf('/') + 1);
    var namespace = workload.replaceFirst(".* ", "").replaceFirst("/.*", "");
    var names =
        snapshot.names(kind, namespace).stream()
            .filter(n -> !n.equals("kube-root-ca.crt"))
            .toList();
    var maker = new Makers(snapshot).of(kind, namespace, name);
    if (maker.isPresent()) {
      return fault(workload, count + " wants " + kind.name() + " '" + name + "'", maker.get());
    }
    var near = Words.nearest(name, names);
    return new Fault(
        now ? dev.fuse.spi.Finding.Severity.ERROR : dev.fuse.spi.Finding.Severity.WARNING,
        workload,
        count
            + ": wanted "
            + kind.name()
            + " '"
            + name
            + "', there: "
            + Words.joined(names)
            + (now ? "" : "; its pods run on what they read when they started"),
        kind.name()
            + " '"
            + name
            + "' does not exist"
            + near.map(other -> "; '" + other + "' does").orElse("")
            + (now ? "" : ", so the next pod will not start"),
        near.map(other -> "refer to '" + other + "', or create '" + name + "'")
            .orElse("create it, or correct the reference"));
  }
}
