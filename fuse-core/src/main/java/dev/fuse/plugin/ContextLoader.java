package dev.fuse.plugin;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolSpec;
import java.util.function.Supplier;

/**
 * Runs a plugin's code with the plugin's class loader as the thread's, and puts the old one back.
 */
record ContextLoader(ClassLoader loader) {

  /** Something to run. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T run() throws X;
  }

  <T, X extends Exception> T call(Work<T, X> work) throws X {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The tool, run so; its specification is the one that was described. */
  Tool around(Tool tool, ToolSpec described) {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return described;
      }

      @Override
      public Action prepare(Arguments arguments, Call call) {
        return ContextLoader.this.call(() -> around(tool.prepare(arguments, call)));
      }
    };
  }

  ConfirmationPolicy around(ConfirmationPolicy policy) {
    return proposal -> call(() -> policy.rule(proposal));
  }

  private Action around(Action action) {
    return new Action(
        action.effects(),
        action.summary(),
        action.version(),
        action.preview().map(this::around),
        action.limit(),
        call -> call(() -> action.body().run(call)));
  }

  private Supplier<Preview> around(Supplier<Preview> preview) {
    return () -> call(preview::get);
  }
}
