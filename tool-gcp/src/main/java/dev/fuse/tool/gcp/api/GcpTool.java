package dev.fuse.tool.gcp.api;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolSpec;

/** One tool of this plugin, given access to Google Cloud when it is called. */
public interface GcpTool {

  /** The name of the system in targets. */
  String SYSTEM = "gcp";

  /** The same object at every call. */
  ToolSpec spec();

  /** Says what a call would do, and changes nothing. */
  Action prepare(Access access, Arguments arguments, Call call);
}
