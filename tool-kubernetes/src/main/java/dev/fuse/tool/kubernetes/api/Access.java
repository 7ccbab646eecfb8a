package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.Arguments;

/** What the tools share while the plugin is open. */
public record Access(Clusters clusters, Discovery discovery) {

  public Place place(Arguments arguments) {
    return clusters.place(arguments);
  }

  public Kind kind(Place place, String name) {
    return discovery.kind(place.cluster(), name);
  }
}
