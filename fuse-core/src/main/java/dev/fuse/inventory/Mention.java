package dev.fuse.inventory;

import dev.fuse.spi.InventorySource.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A thing that a question names.
 *
 * @param said as the question says it
 * @param elsewhere other namespaces and the like in which there is one of this name
 * @param corrected whether one mistake in its spelling was overlooked
 */
public record Mention(
    World world, Item item, String said, List<String> elsewhere, boolean corrected) {

  /** Kinds that other things are in: tools take them as a place and not as a name. */
  private static final Set<String> PLACES =
      Set.of("namespace", "project", "repository", "cluster", "context", "location");

  public Mention {
    elsewhere = List.copyOf(elsewhere);
  }

  /** {@code ledger = Deployment team-07/ledger}. */
  public String text() {
    var where = item.coordinates().values();
    var path = where.isEmpty() ? "" : String.join("/", where) + "/";
    var text = new StringBuilder(corrected ? "'" + said + "' is taken for " : said + " = ");
    text.append(item.kind()).append(' ').append(path).append(item.name());
    if (!elsewhere.isEmpty()) {
      text.append(" (also in ").append(String.join(", ", elsewhere)).append(')');
    }
    return text.toString();
  }

  /** What it tells, by the names of the parameters that tools take. */
  public Map<String, String> parameters() {
    var kind = item.kind().toLowerCase(Locale.ROOT);
    var told = new LinkedHashMap<>(item.coordinates());
    told.put(kind, item.name());
    if (!PLACES.contains(kind)) {
      told.put("kind", item.kind());
      told.put("name", item.name());
    }
    return told;
  }
}
