package dev.fuse.testkit;

import dev.fuse.boundary.SecretVault;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A call for a tool's tests: what is kept and said is there to be looked at. */
public final class RecordedCall implements Call {

  private final Instant deadline;
  private final Map<String, String> secrets = new HashMap<>();
  private final Map<String, byte[]> kept = new HashMap<>();
  private final List<String> progress = new ArrayList<>();
  private final List<Runnable> onCancel = new ArrayList<>();
  private final BiFunction<String, Arguments, ToolResult> tools;
  private final SecretVault vault = SecretVault.of(Map.of());
  private boolean cancelled;

  private RecordedCall(Duration time, BiFunction<String, Arguments, ToolResult> tools) {
    this.deadline = Instant.now().plus(time);
    this.tools = tools;
  }

  /** A call with a minute to run in, that can call no other tool. */
  public static RecordedCall create() {
    return calling(
        (tool, _) ->
            ToolResult.failed(ToolResult.Kind.UNAVAILABLE, "'" + tool + "' is not there", ""));
  }

  /** A call whose calls of other tools are answered so. */
  public static RecordedCall calling(BiFunction<String, Arguments, ToolResult> tools) {
    return new RecordedCall(Duration.ofMinutes(1), tools);
  }

  /** A call with these arguments, which {@link #secret} gives as they are. */
  public static RecordedCall with(Arguments arguments) {
    var call = create();
    arguments
        .values()
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                call.secret(name, text);
              }
            });
    return call;
  }

  /** What {@link #secret} gives for a parameter. */
  public RecordedCall secret(String parameter, String value) {
    secrets.put(parameter, value);
    return this;
  }

  /** Cancels it, once. */
  public void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      cancelled = true;
      actions = List.copyOf(onCancel);
      onCancel.clear();
    }
    actions.forEach(Runnable::run);
  }

  public synchronized List<String> progress() {
    return List.copyOf(progress);
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  @Override
  public synchronized boolean cancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        onCancel.add(action);
        return;
      }
    }
    action.run();
  }

  @Override
  public synchronized void progress(String message) {
    progress.add(message);
  }

  @Override
  public String secret(String parameter) {
    var value = secrets.get(parameter);
    if (value == null) {
      throw new ToolFailure(
          ToolResult.Kind.CREDENTIALS, "there is no value for '" + parameter + "'", "");
    }
    return value;
  }

  @Override
  public String masked(String text, Target origin) {
    return vault.maskLines(text, origin.toString());
  }

  @Override
  public synchronized String keep(byte[] content) {
    var reference = "k" + (kept.size() + 1);
    kept.put(reference, content.clone());
    return reference;
  }

  @Override
  public synchronized byte[] kept(String reference) {
    var content = kept.get(reference);
    if (content == null) {
      throw ToolFailure.notFound("nothing is kept as '" + reference + "'", "");
    }
    return content.clone();
  }

  @Override
  public ToolResult call(String tool, Arguments arguments) {
    return tools.apply(tool, arguments);
  }
}
