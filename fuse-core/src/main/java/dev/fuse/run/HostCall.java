package dev.fuse.run;

import dev.fuse.boundary.SecretVault;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.text.Printable;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The host's side of one call. */
public final class HostCall implements Call {

  private final Instant deadline;
  private final Cancellation cancellation;
  private final Services services;
  private final Schema schema;
  private final Arguments arguments;
  private final AtomicBoolean approved = new AtomicBoolean();

  /**
   * What a call needs of the host.
   *
   * @param sources resolves {@code env:NAME}, {@code file:PATH} … for a parameter
   * @param nested runs another tool, for this one
   */
  public record Services(
      SecretVault vault,
      UndoLog undo,
      SecretSource sources,
      Consumer<String> progress,
      BiFunction<String, Arguments, ToolResult> nested) {}

  HostCall(
      Instant deadline,
      Cancellation cancellation,
      Services services,
      Schema schema,
      Arguments arguments) {
    this.deadline = deadline;
    this.cancellation = cancellation;
    this.services = services;
    this.schema = schema;
    this.arguments = arguments;
  }

  /** The same call with a time of its own to run in. */
  public HostCall until(Instant end, Cancellation ending) {
    return new HostCall(end, ending, services, schema, arguments);
  }

  /** From here on secret sources are resolved. */
  public void approve() {
    approved.set(true);
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  @Override
  public boolean cancelled() {
    return cancellation.cancelled();
  }

  @Override
  public void onCancel(Runnable action) {
    cancellation.onCancel(action);
  }

  @Override
  public void progress(String message) {
    services.progress().accept(Printable.line(services.vault().mask(message, "progress")));
  }

  @Override
  public String secret(String parameter) {
    var given = arguments.string(parameter);
    var field = schema.find(parameter).orElseThrow();
    if ("secret-source".equals(field.json().get("format"))) {
      if (!approved.get()) {
        throw ToolFailure.invalid("'" + parameter + "' is read only after approval", "");
      }
      var value = services.sources().read(parameter, given);
      services.vault().hold(parameter, value, given);
      return value;
    }
    if (!Boolean.TRUE.equals(field.json().get("x-secret"))) {
      return given;
    }
    return services
        .vault()
        .expand(given)
        .orElseThrow(
            () ->
                new ToolFailure(
                    ToolResult.Kind.CREDENTIALS,
                    "'" + given + "' is a handle whose value is gone",
                    "read it again where it came from"));
  }

  @Override
  public String masked(String text, Target origin) {
    return services.vault().maskLines(text, origin.toString());
  }

  @Override
  public String keep(byte[] content) {
    return services.undo().keep(content);
  }

  @Override
  public byte[] kept(String reference) {
    return services
        .undo()
        .find(reference)
        .orElseThrow(
            () -> ToolFailure.notFound("what was kept as '" + reference + "' has expired", ""));
  }

  @Override
  public ToolResult call(String tool, Arguments wanted) {
    return services.nested().apply(tool, wanted);
  }
}
