package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which workload a pod belongs to in the end. */
public final class Owners {

  private static final Pattern HASH = Pattern.compile("-[a-z0-9]{5,10}$");

  private final Map<String, Json> sets = new LinkedHashMap<>();
  private final Map<String, Json> jobs = new LinkedHashMap<>();

  public Owners(List<Json> replicaSets, List<Json> allJobs) {
    replicaSets.forEach(set -> sets.put(set.uid(), set));
    allJobs.forEach(job -> jobs.put(job.uid(), job));
  }

  /** {@code Deployment shop/checkout}: the topmost owner that is known. */
  public String of(Json object) {
    var owner = object.controller();
    if (owner.isEmpty()) {
      return object.ref();
    }
    var uid = owner.get().text("uid");
    var above = sets.getOrDefault(uid, jobs.get(uid));
    if (above != null) {
      return of(above);
    }
    var name = owner.get().text("name");
    return owner.get().text("kind").equals("ReplicaSet")
        ? "Deployment " + object.namespace() + "/" + HASH.matcher(name).replaceFirst("")
        : owner.get().text("kind") + " " + object.namespace() + "/" + name;
  }

  /** Pods by their workload. */
  public Map<String, List<Json>> grouped(List<Json> pods) {
    Map<String, List<Json>> groups = new LinkedHashMap<>();
    pods.forEach(pod -> groups.computeIfAbsent(of(pod), _ -> new java.util.ArrayList<>()).add(pod));
    return groups;
  }
}
