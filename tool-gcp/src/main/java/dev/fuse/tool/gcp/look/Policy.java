package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Json;
import java.util.List;
import java.util.stream.Stream;

/**
 * The allow policy of one resource.
 *
 * @param raw as Google gave it
 */
public record Policy(Resource of, List<Binding> bindings, Json raw) {

  static Policy of(Resource resource, Json raw) {
    return new Policy(resource, raw.list("bindings").stream().map(Binding::of).toList(), raw);
  }

  /** The bindings that name a member. */
  public Stream<Binding> naming(String member) {
    return bindings.stream().filter(one -> one.members().contains(member));
  }
}
