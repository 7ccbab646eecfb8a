package dev.fuse.spi;

/** One thing that a model, a scenario or a person can ask a system for. */
public interface Tool {

  /** The same object at every call, without work: it is asked before the plugin is opened. */
  ToolSpec spec();

  /**
   * Says what a call would do, and changes nothing. May look at the target.
   *
   * @throws ToolFailure if the arguments make no call: the model is told why
   */
  Action prepare(Arguments arguments, Call call);
}
