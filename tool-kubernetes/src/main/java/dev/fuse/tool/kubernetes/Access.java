package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Arguments;

/** What the tools share while the plugin is open. */
record Access(Clusters clusters, Discovery discovery) {

  Place place(Arguments arguments) {
    return clusters.place(arguments);
  }

  Kind kind(Place place, String name) {
    return discovery.kind(place.cluster(), name);
  }
}
