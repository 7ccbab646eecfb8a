package dev.fuse.spi;

import java.util.List;

/**
 * What one plugin offers; found by {@link java.util.ServiceLoader}, so it has a public constructor
 * without parameters that does nothing.
 *
 * <p>The lists are asked in two situations. When the plugin is packaged or added it is described:
 * nothing is opened and only data is read ({@link Tool#spec()}, {@link InventorySource#spec()}). In
 * a running Fuse {@link #open} comes first, on the first call of one of its tools.
 */
public interface FusePlugin {

  /** Lower case with hyphens, unique among the installed plugins. */
  String name();

  /** One sentence for {@code fuse plugins list}. */
  default String description() {
    return "";
  }

  /** The prefixes of its tools' names, without the underscore: {@code fs}, {@code system}. */
  default List<String> prefixes() {
    return List.of(name());
  }

  /**
   * Names of the coordinates that its tools' targets have, such as {@code context} or {@code path};
   * rules name calls by them.
   */
  default List<String> coordinates() {
    return List.of();
  }

  /** The keys below {@code plugins.<name>.} that it understands. */
  default List<Setting> settings() {
    return List.of();
  }

  /**
   * Called once before the first call; what it opens it gives to {@link PluginContext#own}, which
   * is closed in reverse order, two seconds each.
   */
  default void open(PluginContext context) {}

  default List<Tool> tools() {
    return List.of();
  }

  /** Policies, which can only tighten. */
  default List<ConfirmationPolicy> confirmationPolicies() {
    return List.of();
  }

  /** The names of things that it knows, so that questions can be linked with them. */
  default List<InventorySource> inventory() {
    return List.of();
  }
}
