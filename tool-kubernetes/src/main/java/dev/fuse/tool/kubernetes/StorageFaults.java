package dev.fuse.tool.kubernetes;

import java.util.List;

/** Claims that no volume serves. */
record StorageFaults(Snapshot snapshot, Faults faults) {

  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  void examine() {
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
    }
  }

  private void pending(Json claim) {
    var classes = snapshot.list(Kind.STORAGE_CLASS);
    var names = classes.stream().map(Json::name).toList();
    var wanted = claim.value("spec.storageClassName");
    var size = claim.text("spec.resources.requests.storage");
    var event = snapshot.warnings(claim);
    var said = event.isEmpty() ? "" : ": \"" + event.getLast().message() + "\"";
    if (wanted == null && classes.stream().noneMatch(StorageFaults::standard)) {
      faults.add(
          Fault.error(
              claim.ref(),
              "Pending ("
                  + size
                  + "): it names no storageClassName, and no StorageClass is the"
                  + " default; classes there: "
                  + ConfigFaults.joined(names),
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
                  + ConfigFaults.joined(names)
                  + said,
              "the class that it names does not exist"
                  + ConfigFaults.nearest(name, names).map(o -> "; '" + o + "' does").orElse(""),
              "make the claim anew with a class that exists"));
      return;
    }
    if (waitsForPod(claim, classes)) {
      return;
    }
    faults.add(
        Fault.error(
            claim.ref(),
            "Pending (" + size + ", class '" + name + "')" + said,
            "its provisioner has not made a volume",
            "look at the provisioner's pods and events"));
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
