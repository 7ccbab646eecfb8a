package dev.fuse.plugin;

import dev.fuse.spi.InventorySource;
import dev.fuse.spi.InventorySource.Listing;
import dev.fuse.spi.InventorySource.Query;
import dev.fuse.spi.InventorySource.Spec;
import dev.fuse.spi.PluginContext;

/** A source of names of an open plugin, with the context that the plugin was given. */
interface Names {

  Spec spec();

  Listing list(Query query);

  /** The source, run with the plugin's class loader as the thread's. */
  static Names of(InventorySource source, PluginContext given, ContextLoader loader) {
    return new Names() {
      @Override
      public Spec spec() {
        return source.spec();
      }

      @Override
      public Listing list(Query query) {
        return loader.call(() -> source.list(given, query));
      }
    };
  }
}
