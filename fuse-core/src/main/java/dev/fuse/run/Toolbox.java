package dev.fuse.run;

import dev.fuse.boundary.SecretVault;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Printable;
import dev.fuse.text.Spelling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every tool there is, and how a request for one becomes a call that can be ruled on. */
public final class Toolbox {

  private final Map<String, ToolSpec> specs = new LinkedHashMap<>();
  private final Function<String, Tool> loader;

  /**
   * A toolbox.
   *
   * @param loader gives the tool of a spec, loading its plugin; may throw {@link ToolFailure}
   */
  public Toolbox(List<ToolSpec> specs, Function<String, Tool> loader) {
    specs.forEach(spec -> this.specs.put(spec.name(), spec));
    this.loader = loader;
  }

  /** The same tools and these of the host, which need no loading. */
  public Toolbox with(List<Tool> host) {
    var own = new LinkedHashMap<String, Tool>();
    host.forEach(tool -> own.put(tool.spec().name(), tool));
    var all = new ArrayList<>(specs.values());
    host.forEach(tool -> all.add(tool.spec()));
    return new Toolbox(all, name -> own.containsKey(name) ? own.get(name) : loader.apply(name));
  }

  public List<ToolSpec> specs() {
    return List.copyOf(specs.values());
  }

  public Optional<ToolSpec> find(String name) {
    return Optional.ofNullable(specs.get(name));
  }

  /** Turns a request into a call; changes nothing, and never throws. */
  public Pending prepare(
      ToolRequest request, HostCall.Services services, Duration limit, Cancellation cancellation) {
    var spec = specs.get(request.tool());
    if (spec == null) {
      return rejected(
          request,
          ToolResult.Kind.NOT_FOUND,
          "there is no tool '"
              + Printable.line(request.tool())
              + "'"
              + Spelling.didYouMean(request.tool(), specs.keySet()),
          "use one of the tools offered, or find_tools");
    }
    if (request.problem().isPresent()) {
      return rejected(
          request,
          ToolResult.Kind.INVALID,
          "the arguments of " + spec.name() + " are not usable: " + request.problem().get(),
          "arguments are " + spec.parameters().properties().keySet());
    }
    try {
      var arguments = ArgumentCheck.check(spec.name(), spec.parameters(), request.arguments());
      refuseStrayHandles(spec.parameters(), arguments, services.vault());
      return prepare(request, spec, arguments, services, limit, cancellation);
    } catch (ToolFailure e) {
      return new Pending.Rejected(request, e.result());
    }
  }

  private Pending prepare(
      ToolRequest request,
      ToolSpec spec,
      Arguments arguments,
      HostCall.Services services,
      Duration limit,
      Cancellation cancellation) {
    var deadline = Instant.now().plus(limit);
    var call = new HostCall(deadline, cancellation, services, spec.parameters(), arguments);
    var end =
        Bounded.run(
            spec.name(),
            () -> loader.apply(spec.name()).prepare(arguments, call),
            deadline,
            cancellation);
    return switch (end) {
      case Bounded.Failed<?>(var why, _) -> new Pending.Rejected(request, why);
      case Bounded.Done<dev.fuse.spi.Action>(var action) ->
          spec.ceiling()
              .exceededBy(action.effects())
              .<Pending>map(
                  effect ->
                      new Pending.Rejected(
                          request,
                          ToolResult.failed(
                              ToolResult.Kind.FORBIDDEN,
                              spec.name() + " would do more than it declares: " + words(effect),
                              "this is a fault of the tool")))
              .orElseGet(
                  () ->
                      new Pending.Ready(
                          request,
                          spec,
                          arguments,
                          action,
                          flows(spec.parameters(), arguments, action.effects(), services.vault()),
                          call));
    };
  }

  /** A handle outside a field that is marked for it would be written down as it stands. */
  private static void refuseStrayHandles(Schema schema, Arguments arguments, SecretVault vault) {
    arguments
        .values()
        .forEach(
            (name, value) -> {
              boolean marked = schema.find(name).map(Toolbox::takesSecrets).orElse(false);
              if (!marked && !vault.handlesIn(String.valueOf(value)).isEmpty()) {
                throw ToolFailure.invalid(
                    "'" + name + "' holds a masked secret, which only fields marked for it may",
                    "leave the masked value out");
              }
            });
  }

  private static List<String> flows(
      Schema schema, Arguments arguments, List<Effect> effects, SecretVault vault) {
    var flows = new ArrayList<String>();
    arguments
        .values()
        .forEach(
            (name, value) -> {
              if (schema.find(name).map(Toolbox::takesSecrets).orElse(false)) {
                for (var handle : vault.handlesIn(String.valueOf(value))) {
                  flow(handle, effects, vault).ifPresent(flows::add);
                }
              }
            });
    return List.copyOf(flows);
  }

  /** Back into where it came from is no flow. */
  private static Optional<String> flow(String handle, List<Effect> effects, SecretVault vault) {
    var origin = vault.origin(handle).orElse("an earlier conversation");
    return effects.stream()
        .map(Effect::target)
        .map(Target::toString)
        .filter(target -> !target.equals(origin))
        .findFirst()
        .map(target -> handle + " from " + origin + " goes to " + target);
  }

  private static boolean takesSecrets(Schema field) {
    return Boolean.TRUE.equals(field.json().get("x-secret"));
  }

  static String words(Effect effect) {
    return effect.verb() + " " + effect.target() + ", " + effect.risk();
  }

  private static Pending rejected(
      ToolRequest request, ToolResult.Kind kind, String problem, String hint) {
    return new Pending.Rejected(request, ToolResult.failed(kind, problem, hint));
  }
}
