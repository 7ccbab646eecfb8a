package dev.fuse.tool.fs.place;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolSpec;
import java.util.function.Supplier;

/** A tool whose body is given the place it works in. */
public record PlacedTool(ToolSpec spec, Supplier<Place> place, Preparation preparation)
    implements Tool {

  @Override
  public Action prepare(Arguments arguments, Call call) {
    return preparation.prepare(place.get(), arguments, call);
  }

  /** What {@link Tool#prepare} does once the place is known. */
  @FunctionalInterface
  public interface Preparation {
    Action prepare(Place place, Arguments arguments, Call call);
  }
}
