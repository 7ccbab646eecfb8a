package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.MountReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Claims that no volume serves, that do not go or grow, and volumes that are wanted twice. */
public record StorageFaults(Snapshot snapshot, Faults faults) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  public void examine() {
    for (var claim : snapshot.list(Kind.CLAIM)) {
      var phase = claim.text("status.phase");
      if (phase.equals("Pending")) {
        pending(claim);
      }
      if (phase.equals("Lost")) {
        faults.add(
            Fault.error(
                claim.ref(),
                "Lost: its volume '" + claim.text("spec.volumeName") + "' is gone",
                "the PersistentVolume was deleted",
                "restore the volume, or make the claim anew (its data is gone)"));
      }
      terminating(claim);
      resizing(claim);
    }
    if (snapshot.wholeCluster()) {
      snapshot.list(Kind.VOLUME).forEach(this::volume);
    }
    shared();
  }

  /** A claim that is deleted stays as long as a pod uses it. */
  private void terminating(Json claim) {
    if (!Sign.old(claim.text("metadata.deletionTimestamp"), PATIENCE, snapshot.now())) {
      return;
    }
    var users =
        snapshot.list(Kind.POD, claim.namespace()).stream()
            .filter(pod -> MountReasons.claims(pod).contains(claim.name()))
            .map(Json::name)
            .toList();
    faults.add(
        Fault.warning(
            claim.ref(),
            "Terminating since "
                + claim.text("metadata.deletionTimestamp")
                + ", finalizers "
                + claim.texts("metadata.finalizers")
                + "; used by pods: "
                + Words.joined(users),
            users.isEmpty()
                ? "the controller behind the finalizer has not removed it"
                : "it goes only when no pod uses it any more",
            users.isEmpty() ? "repair that controller" : "its data goes with it: stop the pods"));
  }

  private void resizing(Json claim) {
    var wanted = claim.text("spec.resources.requests.storage");
    var has = claim.text("status.capacity.storage");
    boolean grows = !has.isEmpty() && Quantity.of(wanted).compareTo(Quantity.of(has)) > 0;
    if (!grows) {
      return;
    }
    var event = snapshot.warning(claim, "VolumeResizeFailed", "ExternalExpanding");
    var name = claim.text("spec.storageClassName");
    var allowed =
        snapshot.list(Kind.STORAGE_CLASS).stream()
            .filter(one -> one.name().equals(name))
            .anyMatch(one -> one.bool("allowVolumeExpansion"));
    faults.add(
        Fault.warning(
            claim.ref(),
            "wants "
                + wanted
                + ", has "
                + has
                + "; class '"
                + name
                + "' allowVolumeExpansion "
                + allowed
                + event.map(e -> ": \"" + e.message() + "\"").orElse(""),
            claim.condition("FileSystemResizePending").isPresent()
                ? "the volume has grown; its file system grows when a pod mounts it anew"
                : "the volume is not (yet) enlarged",
            "see the claim's conditions and events"));
  }

  private void volume(Json volume) {
    var phase = volume.text("status.phase");
    if (phase.equals("Failed")) {
      faults.add(
          Fault.warning(
              volume.ref(),
              "Failed: \"" + volume.text("status.message") + "\"",
              "it could not be recycled or deleted",
              "see its provisioner"));
    }
  }

  /** Pods on several nodes that want one volume which one node only may have. */
  private void shared() {
    for (var claim : snapshot.list(Kind.CLAIM)) {
      var modes = claim.texts("spec.accessModes");
      boolean single = modes.stream().noneMatch(mode -> mode.endsWith("Many"));
      boolean one = modes.equals(List.of("ReadWriteOncePod"));
      if (!single || modes.isEmpty()) {
        continue;
      }
      var users =
          snapshot.list(Kind.POD, claim.namespace()).stream()
              .filter(pod -> MountReasons.claims(pod).contains(claim.name()))
              .filter(pod -> !Containers.ended(pod) && !pod.text("spec.nodeName").isEmpty())
              .toList();
      var nodes = users.stream().map(pod -> pod.text("spec.nodeName")).distinct().toList();
      if (nodes.size() > 1 || (one && users.size() > 1)) {
        faults.add(
            Fault.warning(
                claim.ref(),
                "access mode "
                    + String.join(",", modes)
                    + ", and pods on "
                    + String.join(", ", nodes)
                    + " use it: "
                    + Words.joined(users.stream().map(Json::name).toList()),
                "the volume may be attached to one node only, so pods on others cannot mount it",
                "one replica with strategy Recreate, a StatefulSet with claims of its own, or a"
                    + " volume of ReadWriteMany"));
      }
    }
  }

  private void pending(Json claim) {
    var classes = snapshot.list(Kind.STORAGE_CLASS);
    var names = classes.stream().map(Json::name).toList();
    var wanted = claim.value("spec.storageClassName");
    var size = claim.text("spec.resources.requests.storage");
    var event = snapshot.warnings(claim);
    var said = event.isEmpty() ? "" : ": \"" + event.getLast().message() + "\"";
    var bound = named(claim, said).or(() -> left(claim, said));
    if (bound.isPresent()) {
      faults.add(bound.get());
      return;
    }
    if (wanted == null && classes.stream().noneMatch(StorageFaults::standard)) {
      faults.add(
          Fault.error(
              claim.ref(),
              "Pending ("
                  + size
                  + "): it names no storageClassName, and no StorageClass is the"
                  + " default; classes there: "
                  + Words.joined(names),
              "no default StorageClass, nor a PersistentVolume that fits",
              "name a storageClassName, mark a class as default, or create a PersistentVolume"));
      return;
    }
    var name = wanted == null ? "" : wanted.toString();
    if (!name.isEmpty() && !names.contains(name)) {
      faults.add(
          Fault.error(
              claim.ref(),
              "Pending ("
                  + size
                  + "): StorageClass '"
                  + name
                  + "' does not exist; classes there: "
                  + Words.joined(names)
                  + said,
              "the class that it names does not exist"
                  + Words.nearest(name, names).map(o -> "; '" + o + "' does").orElse(""),
              "make the claim anew with a class that exists"));
      return;
    }
    if (waitsForPod(claim, classes)) {
      return;
    }
    faults.add(
        Fault.error(
            claim.ref(),
            "Pending (" + size + ", class '" + name + "')" + said + volumes(claim, name),
            name.isEmpty()
                ? "it asks for no class, and no PersistentVolume without one fits"
                : "its provisioner "
                    + provisioner(classes, name)
                    + " has not made a volume, and none that is there fits",
            "look at the provisioner's pods and events, or make a PersistentVolume that fits"));
  }

  /** A claim that names its volume waits for that one, whatever its class. */
  private Optional<Fault> named(Json claim, String said) {
    var name = claim.text("spec.volumeName");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    var seen = "Pending: it names PersistentVolume '" + name + "'" + said;
    var volume = snapshot.read(Kind.VOLUME, "", name);
    if (volume.isEmpty()) {
      return Optional.of(
          Fault.error(
              claim.ref(),
              seen,
              "the volume that it names does not exist",
              "create the volume, or leave spec.volumeName out"));
    }
    var of = volume.get().at("spec.claimRef");
    boolean same =
        of.text("name").equals(claim.name()) && of.text("namespace").equals(claim.namespace());
    if (same && !of.text("uid").isEmpty() && !of.text("uid").equals(claim.uid())) {
      return Optional.of(released(claim, volume.get(), seen));
    }
    if (!of.text("name").isEmpty() && !same) {
      return Optional.of(
          Fault.error(
              claim.ref(),
              seen + "; its claimRef is " + of.text("namespace") + "/" + of.text("name"),
              "the volume belongs to another claim",
              "name another volume, or remove spec.claimRef of the volume if that claim is gone"));
    }
    return Optional.of(
        Fault.error(
            claim.ref(),
            seen + "; the volume: " + unfit(claim, volume.get()),
            "the volume that it names does not fit",
            "make the claim as the volume is (size, access modes, class)"));
  }

  /** A volume that an earlier claim of the same name left behind, with its data. */
  private Optional<Fault> left(Json claim, String said) {
    return snapshot.list(Kind.VOLUME).stream()
        .filter(volume -> volume.text("status.phase").equals("Released"))
        .filter(volume -> volume.text("spec.claimRef.name").equals(claim.name()))
        .filter(volume -> volume.text("spec.claimRef.namespace").equals(claim.namespace()))
        .findFirst()
        .map(volume -> released(claim, volume, "Pending" + said));
  }

  private static Fault released(Json claim, Json volume, String seen) {
    return Fault.error(
        claim.ref(),
        seen
            + "; "
            + volume.ref()
            + " is "
            + volume.text("status.phase")
            + ", its claimRef carries the uid of an earlier claim of that name (reclaim policy "
            + volume.text("spec.persistentVolumeReclaimPolicy")
            + ")",
        "the volume still belongs to the deleted claim of the same name, so it is Released and"
            + " not Available",
        "remove spec.claimRef (or its uid) of "
            + volume.ref()
            + "; then the claim binds to it and the data is there again");
  }

  private static String provisioner(List<Json> classes, String name) {
    return classes.stream()
        .filter(one -> one.name().equals(name))
        .map(one -> "'" + one.text("provisioner") + "'")
        .findFirst()
        .orElse("");
  }

  /** Volumes of its class, with why each does not fit. */
  private String volumes(Json claim, String name) {
    var all =
        snapshot.list(Kind.VOLUME).stream()
            .filter(one -> one.text("spec.storageClassName").equals(name))
            .limit(4)
            .map(one -> one.name() + " (" + unfit(claim, one) + ")")
            .toList();
    return "; volumes of that class: " + Words.joined(all);
  }

  private static String unfit(Json claim, Json volume) {
    var wanted = claim.text("spec.resources.requests.storage");
    var size = volume.text("spec.capacity.storage");
    var modes = volume.texts("spec.accessModes");
    var phase = volume.text("status.phase");
    if (!phase.equals("Available")) {
      return phase + ", of claim " + volume.text("spec.claimRef.name", "none");
    }
    if (Quantity.of(size).compareTo(Quantity.of(wanted)) < 0) {
      return "has " + size + ", wanted " + wanted;
    }
    if (!modes.containsAll(claim.texts("spec.accessModes"))) {
      return "access modes " + modes + ", wanted " + claim.texts("spec.accessModes");
    }
    return "size and access modes fit; selector "
        + Containers.query(claim.at("spec.selector"))
        + ", labels "
        + Containers.labels(volume.labels());
  }

  /** A claim that waits for its first pod is well, unless its provisioner complained. */
  private boolean waitsForPod(Json claim, List<Json> classes) {
    var name = claim.text("spec.storageClassName");
    return snapshot.warnings(claim).isEmpty()
        && classes.stream()
            .filter(one -> name.isEmpty() ? standard(one) : one.name().equals(name))
            .anyMatch(one -> one.text("volumeBindingMode").equals("WaitForFirstConsumer"));
  }

  private static boolean standard(Json storageClass) {
    return "true".equals(storageClass.annotations().get(DEFAULT));
  }
}
