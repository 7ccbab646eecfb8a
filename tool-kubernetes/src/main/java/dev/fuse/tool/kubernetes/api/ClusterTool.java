package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/** A tool whose body is given the clusters it works on. */
public record ClusterTool(ToolSpec spec, Supplier<Access> access, Preparation preparation)
    implements Tool {

  private static final List<String> NAMES =
      List.of("name", "namespace", "container", "other_name", "other_namespace");

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var given = parted(arguments);
    NAMES.forEach(key -> given.findString(key).ifPresent(Kind::checkName));
    var action = preparation.prepare(access.get(), given, call);
    var place = spec.reading() ? elsewhere(given) : "";
    return new Action(
        action.effects(),
        Printable.line(action.summary()),
        action.version(),
        action.preview(),
        action.limit(),
        running -> printed(place, action.body().run(running)));
  }

  /** {@code deployment/web} is a kind and a name, as kubectl takes it. */
  private Arguments parted(Arguments given) {
    var name = given.string("name", "");
    int slash = name.indexOf('/');
    if (slash < 1 || given.has("kind") || spec.parameters().find("kind").isEmpty()) {
      return given;
    }
    var values = new LinkedHashMap<>(given.values());
    values.put("kind", name.substring(0, slash));
    values.put("name", name.substring(slash + 1));
    return new Arguments(values);
  }

  /** An answer from another context than the pinned one begins with saying so. */
  private String elsewhere(Arguments given) {
    var named = given.string("context", "");
    var standard = access.get().clusters().standard();
    return named.isBlank() || named.equals(standard)
        ? ""
        : "context " + named + ", not the pinned " + standard + ":\n";
  }

  private static ToolResult printed(String place, ToolResult result) {
    return switch (result) {
      case ToolResult.Ok ok ->
          new ToolResult.Ok(
              place + Printable.of(ok.text()),
              ok.structured(),
              ok.findings(),
              ok.secrets(),
              ok.undo());
      case ToolResult.Failed failed -> failed;
    };
  }

  /** What {@link Tool#prepare} does once the clusters are known. */
  @FunctionalInterface
  public interface Preparation {
    Action prepare(Access access, Arguments arguments, Call call);
  }
}
