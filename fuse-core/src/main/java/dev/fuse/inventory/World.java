package dev.fuse.inventory;

import dev.fuse.spi.Facts;
import dev.fuse.spi.InventorySource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What one source lists: a cluster, a repository, this machine.
 *
 * @param values of the facts that say which one it is
 */
public record World(InventorySource.Spec spec, List<String> values) {

  public World {
    values = List.copyOf(values);
  }

  /** The world of a source from here; empty where a fact that says which is not known. */
  public static Optional<World> of(InventorySource.Spec spec, Facts facts) {
    var values = new ArrayList<String>();
    for (var fact : spec.world()) {
      var value = facts.find(fact);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(new World(spec, values));
  }

  public String system() {
    return spec.system();
  }

  /** The name of its file, which tells nothing of its values. */
  String file() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(spec.system().getBytes(StandardCharsets.UTF_8));
      for (var value : values) {
        digest.update((byte) 0);
        digest.update(value.getBytes(StandardCharsets.UTF_8));
      }
      var hash = HexFormat.of().formatHex(digest.digest(), 0, 8);
      return spec.system().replaceAll("[^a-z0-9-]", "-") + "-" + hash + ".names";
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
