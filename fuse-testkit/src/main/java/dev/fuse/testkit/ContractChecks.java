package dev.fuse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Finding;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.testkit.ToolContract.Sample;
import dev.fuse.text.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link ToolContract} looks at in one call, with the tools of an open plugin. */
final class ContractChecks {

  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(20);

  /** Takes a snapshot of the world that the tools work in. */
  interface World {
    Snapshot get() throws IOException;
  }

  private final Map<String, Tool> tools = new HashMap<>();
  private final List<String> coordinates;
  private final World world;

  ContractChecks(FusePlugin opened, World world) {
    opened.tools().forEach(tool -> tools.put(tool.spec().name(), tool));
    this.coordinates = opened.coordinates();
    this.world = world;
  }

  void preparing(Sample sample) throws IOException {
    var before = world.get();
    var action = prepare(sample, RecordedCall.with(sample.arguments()));
    assertThat(world.get()).isEqualTo(before);
    assertThat(action.effects()).as("effects").isNotEmpty();
    for (var effect : action.effects()) {
      assertThat(coordinates)
          .as("coordinates() of the plugin")
          .containsAll(effect.target().coordinates().keySet());
    }
    assertThat(tool(sample).spec().ceiling().exceededBy(action.effects()))
        .as("the effect that exceeds the ceiling")
        .isEmpty();
    assertThat(action.summary()).isNotBlank().isEqualTo(Printable.line(action.summary()));
    action.preview().ifPresent(preview -> assertThat(preview.get().title()).isNotBlank());
  }

  void reading(Sample sample) throws Exception {
    var before = world.get();
    var result = run(sample);
    assertThat(world.get()).isEqualTo(before);
    assertThat(result).isInstanceOf(ToolResult.Ok.class);
    var ok = (ToolResult.Ok) result;
    assertThat(ok.text()).isEqualTo(Printable.of(ok.text()));
    assertThat(ok.findings()).allSatisfy(ContractChecks::finding);
    ok.structured().ifPresent(value -> plain("structured", value));
    assertThat(ok.undo()).as("undo of a read").isEmpty();
  }

  private static void finding(Finding finding) {
    assertThat(finding.subject()).isNotBlank();
    assertThat(finding.seen()).isNotBlank();
    for (var text : List.of(finding.subject(), finding.seen(), finding.cause(), finding.next())) {
      assertThat(text).isEqualTo(Printable.of(text));
    }
  }

  private static void plain(String path, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach(
              (key, inner) -> {
                assertThat(key).as(path).isInstanceOf(String.class);
                plain(path + "." + key, inner);
              });
      case List<?> list -> list.forEach(inner -> plain(path + "[]", inner));
      case String _, Boolean _, Long _, Integer _, Double _ -> {}
      case null -> {}
      default -> fail(path + " is a " + value.getClass() + ", which is no JDK map, list or scalar");
    }
  }

  void nonsense(Sample sample) throws IOException {
    var before = world.get();
    var parameters = tool(sample).spec().parameters();
    for (var name : parameters.properties().keySet()) {
      for (var value : Nonsense.of(parameters.find(name).orElseThrow())) {
        attempt(sample.with(name, value));
      }
    }
    assertThat(world.get()).isEqualTo(before);
  }

  /** A call that may fail, with a sentence; a reading one is run. */
  void attempt(Sample sample) {
    try {
      var call = RecordedCall.with(sample.arguments());
      var action = prepare(sample, call);
      if (tool(sample).spec().reading()) {
        action.body().run(call);
      }
    } catch (ToolFailure failure) {
      assertThat(failure.result().problem()).isNotBlank();
    } catch (Exception e) {
      fail(sample + " should be answered with a ToolFailure", e);
    }
  }

  void cancelled(Sample sample) throws InterruptedException {
    var call = RecordedCall.with(sample.arguments());
    var action = prepare(sample, call);
    call.cancel();
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  try {
                    action.body().run(call);
                  } catch (Exception ended) {
                    assertThat(ended).as("ends as it likes").isNotNull();
                  }
                });
    assertThat(thread.join(LONGEST_FAREWELL)).as("the call has ended").isTrue();
  }

  void undone(Sample sample) throws Exception {
    var before = world.get();
    var call = RecordedCall.with(sample.arguments());
    var result = prepare(sample, call).body().run(call);
    assertThat(result).isInstanceOf(ToolResult.Ok.class);
    var undo = ((ToolResult.Ok) result).undo();
    if (undo.isEmpty()) {
      return;
    }
    undo(undo.get(), call);
    assertThat(world.get().files()).isEqualTo(before.files());
  }

  private void undo(Undo undo, RecordedCall call) throws Exception {
    var sample = new Sample(undo.tool(), new Arguments(undo.arguments()));
    var action = prepare(sample, call);
    if (undo.precondition().isPresent()) {
      assertThat(action.version()).as("the undo's precondition").isEqualTo(undo.precondition());
    }
    assertThat(action.body().run(call)).isInstanceOf(ToolResult.Ok.class);
  }

  Tool tool(Sample sample) {
    return Objects.requireNonNull(tools.get(sample.tool()), sample.tool());
  }

  private Action prepare(Sample sample, RecordedCall call) {
    return tool(sample).prepare(sample.arguments(), call);
  }

  ToolResult run(Sample sample) throws Exception {
    var call = RecordedCall.with(sample.arguments());
    return prepare(sample, call).body().run(call);
  }
}
