package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.ItemReader;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects that were written in an API version that the server has given up or is giving up. */
public record ServedVersions(Snapshot snapshot, Faults faults) {

  private static final Set<String> BY_THE_SERVER =
      Set.of("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet");

  public void examine(List<Kind> kinds) {
    var served = snapshot.served();
    if (served.isEmpty()) {
      return;
    }
    Map<String, String> warnings = new HashMap<>();
    for (var kind : kinds) {
      if (kind.equals(Kind.POD) || kind.equals(Kind.EVENT) || kind.equals(Kind.REPLICA_SET)) {
        continue; // made by controllers, which speak the newest version
      }
      for (var object : snapshot.list(kind)) {
        if (object.controller().isEmpty()) {
          one(kind, object, served, warnings);
        }
      }
    }
  }

  private void one(
      Kind kind, Json object, Map<String, List<String>> served, Map<String, String> warnings) {
    for (var written : object.texts(ItemReader.WRITTEN_AS)) {
      int space = written.lastIndexOf(' ');
      var manager = written.substring(0, Math.max(0, space));
      var version = written.substring(space + 1);
      int slash = version.indexOf('/');
      if (version.equals(kind.apiVersion()) || slash < 0 || BY_THE_SERVER.contains(manager)) {
        continue;
      }
      var group = version.substring(0, slash);
      var versions = served.getOrDefault(group, List.of());
      if (!versions.contains(version.substring(slash + 1))) {
        gone(kind, object, manager, version, versions);
        return;
      }
      var warning =
          warnings.computeIfAbsent(version + " " + kind.plural(), _ -> said(kind, version));
      if (!warning.isEmpty()) {
        faults.add(
            object.ref() + " version",
            Fault.warning(
                object.ref(),
                manager + " wrote it as " + version + ": \"" + warning + "\"",
                "the manifest behind it uses a deprecated API version",
                "change it to " + kind.apiVersion()));
        return;
      }
    }
  }

  private void gone(Kind kind, Json object, String manager, String version, List<String> versions) {
    var there = new ArrayList<>(versions);
    faults.add(
        object.ref() + " version",
        Fault.warning(
            object.ref(),
            manager
                + " wrote it as "
                + version
                + ", which the server does not serve any more (it serves "
                + (there.isEmpty() ? "" : "versions " + there + " of that group; ")
                + kind.apiVersion()
                + ")",
            "the manifest behind it cannot be applied again",
            "change its apiVersion to " + kind.apiVersion()));
  }

  private String said(Kind kind, String version) {
    int slash = version.indexOf('/');
    var old =
        Kind.of(
            version.substring(0, slash),
            version.substring(slash + 1),
            kind.plural(),
            kind.name(),
            kind.namespaced());
    return snapshot.place().cluster().warning(old.path(snapshot.place().namespace()) + "?limit=1");
  }
}
