package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.look.Table;
import java.util.ArrayList;
import java.util.List;

/** What can be known of Secrets without their values. */
public record SecretKeys(Snapshot snapshot) {

  /**
   * The keys of a Secret, by what was written into it: values are not read.
   *
   * @return none where the server keeps no record of them
   */
  public List<String> of(String namespace, String name) {
    try {
      var shape = snapshot.place().cluster().get(Kind.SECRET.path(namespace, name), Cluster.SHAPE);
      var keys = new ArrayList<String>();
      for (var entry : shape.list("metadata.managedFields")) {
        for (var field : List.of("f:data", "f:stringData")) {
          Json.of(entry.at("fieldsV1").fields().get(field)).fields().keySet().stream()
              .filter(key -> key.startsWith("f:"))
              .map(key -> key.substring(2))
              .filter(key -> !keys.contains(key))
              .forEach(keys::add);
        }
      }
      return keys;
    } catch (ToolFailure failure) {
      snapshot.notChecked("keys of Secret " + name + ": " + failure.result().problem());
      return List.of();
    }
  }

  /** Names of the Secrets of a namespace by type, from the server's columns. */
  public java.util.Map<String, String> types(String namespace) {
    try {
      var table = new Table(false, false);
      table.add(
          snapshot
              .place()
              .cluster()
              .get(Kind.SECRET.path(namespace) + "?limit=500", Cluster.TABLE));
      var types = new java.util.LinkedHashMap<String, String>();
      table.rows().stream()
          .filter(row -> row.cells().size() > 1)
          .forEach(row -> types.put(row.cells().getFirst(), row.cells().get(1)));
      return types;
    } catch (ToolFailure failure) {
      snapshot.notChecked("secrets: " + failure.result().problem());
      return java.util.Map.of();
    }
  }
}
