package dev.fuse.tool.github.change;

import dev.fuse.tool.github.secret.Store;
import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments that name one secret or variable again. */
final class SecretArguments {

  private SecretArguments() {}

  static Map<String, Object> of(Store store, String name) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("name", name);
    if (store.organization().isEmpty()) {
      arguments.put("repository", store.repository().toString());
    } else {
      arguments.put("organization", store.organization());
    }
    if (!store.environment().isEmpty()) {
      arguments.put("environment", store.environment());
    }
    if (!store.kind().equals("actions")) {
      arguments.put("store", store.kind());
    }
    return arguments;
  }
}
