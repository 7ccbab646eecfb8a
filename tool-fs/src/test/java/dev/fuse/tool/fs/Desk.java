package dev.fuse.tool.fs;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Facts;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.testkit.RecordedCall;
import dev.fuse.tool.fs.machine.check.SystemDiagnosis;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The plugin opened in a folder, with a call that keeps in memory what is kept for undo. */
public final class Desk {

  public final Path directory;
  public final Path home;
  final FsPlugin plugin;
  public final PluginContext context;
  public final Map<String, byte[]> kept = new HashMap<>();
  public final Map<String, String> secrets = new HashMap<>();
  private final Map<String, Tool> tools = new HashMap<>();

  public Desk(Path root) throws IOException {
    this(root, Map.of());
  }

  public Desk(Path root, Map<String, String> environment) throws IOException {
    directory = Files.createDirectories(root.resolve("project")).toRealPath();
    home = Files.createDirectories(root.resolve("home")).toRealPath();
    var all = new HashMap<>(Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin"));
    all.putAll(environment);
    plugin = new FsPlugin();
    context = new Context(directory, Map.copyOf(all));
    plugin.open(context);
    plugin.tools().forEach(tool -> tools.put(tool.spec().name(), tool));
  }

  public Path write(String name, String content) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  public String text(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  public Action prepare(String tool, Object... arguments) {
    return tools.get(tool).prepare(Arguments.of(arguments), new Now());
  }

  public Effect effect(String tool, Object... arguments) {
    return prepare(tool, arguments).effects().getFirst();
  }

  public ToolResult.Ok run(String tool, Object... arguments) {
    return run(prepare(tool, arguments));
  }

  public ToolResult.Ok run(Action action) {
    try {
      return (ToolResult.Ok) action.body().run(new Now());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that is wrong, however slow the machine is that the test runs on. */
  ToolResult.Ok diagnose(String question) {
    try {
      var diagnosis = new SystemDiagnosis(Place.of(context), question);
      return (ToolResult.Ok) diagnosis.run(Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a tool answers that it will not or cannot do. */
  public ToolResult.Failed refusal(String tool, Object... arguments) {
    try {
      run(tool, arguments);
    } catch (ToolFailure e) {
      return e.result();
    }
    throw new AssertionError(tool + " did it");
  }

  public ToolResult.Ok undo(Undo undo) {
    var action = tools.get(undo.tool()).prepare(new Arguments(undo.arguments()), new Now());
    if (undo.precondition().isPresent() && !action.version().equals(undo.precondition())) {
      throw new AssertionError("the undo's precondition does not hold: " + action.version());
    }
    return run(action);
  }

  private record Context(Path directory, Map<String, String> environment) implements PluginContext {
    @Override
    public Optional<String> setting(String key) {
      return Optional.empty();
    }

    @Override
    public Facts facts() {
      return Facts.none();
    }

    @Override
    public Optional<String> pinned(String coordinate) {
      return Optional.empty();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      return resource;
    }
  }

  private final class Now implements Call {
    private final RecordedCall masks = RecordedCall.create();

    @Override
    public Instant deadline() {
      return Instant.now().plusSeconds(60);
    }

    @Override
    public boolean cancelled() {
      return Thread.currentThread().isInterrupted();
    }

    @Override
    public void onCancel(Runnable action) {}

    @Override
    public void progress(String message) {}

    @Override
    public String secret(String parameter) {
      return secrets.get(parameter);
    }

    @Override
    public String masked(String text, Target origin) {
      return masks.masked(text, origin);
    }

    @Override
    public String keep(byte[] content) {
      var reference = "kept-" + kept.size();
      kept.put(reference, content.clone());
      return reference;
    }

    @Override
    public byte[] kept(String reference) {
      return kept.get(reference);
    }

    @Override
    public ToolResult call(String tool, Arguments arguments) {
      throw new AssertionError("no tool of files calls another");
    }
  }
}
