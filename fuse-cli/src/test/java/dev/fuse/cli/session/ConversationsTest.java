package dev.fuse.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.Outcome.Status;
import dev.fuse.brief.Message;
import dev.fuse.brief.Message.Instructions;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Places;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.json.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {

  private static final Message BASE = new Instructions("You are Fuse.");

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void what_was_said_is_gone_on_with_word_for_word() {
    var messages = new ArrayList<Message>(List.of(BASE));
    messages.addAll(Samples.turn("why is checkout crashing?\nmore", "r1"));
    var id = led(messages);

    try (var resumed = conversations().resume(conversations().saved(id))) {
      assertThat(resumed.id()).isEqualTo(id);
      assertThat(resumed.transcript().messages()).isEqualTo(messages);
      assertThat(resumed.notes()).isEmpty();
      assertThat(resumed.lastHandle()).isEqualTo(1);
    }
    var saved = conversations().findLatest().orElseThrow();
    assertThat(saved.heading().title()).isEqualTo("why is checkout crashing?");
    assertThat(saved.heading().directory()).isEqualTo(folder.toString());
  }

  @Test
  void nothing_is_on_the_disk_before_the_first_event_and_then_it_is_private() throws IOException {
    var conversation = conversations().start();
    conversation.flush();
    assertThat(folder.resolve(".fuse")).doesNotExist();

    conversation.accept(Samples.said(BASE));
    conversation.flush();

    var file = conversations().saved(conversation.id()).file();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(file)).hasSize(2).first().asString().contains("\"version\":1");
    conversation.close();
  }

  @Test
  void a_torn_last_line_is_dropped_and_the_next_one_stands_alone() throws IOException {
    var id = led(List.of(BASE, new Message.User("one"), new Message.Assistant("1", List.of())));
    var file = conversations().saved(id).file();
    Files.writeString(file, "{\"type\":\"said\",\"mess", StandardOpenOption.APPEND);

    try (var resumed = conversations().resume(conversations().saved(id))) {
      assertThat(resumed.transcript().messages()).hasSize(3);
      resumed.accept(Samples.said(new Message.User("two")));
    }
    try (var again = conversations().resume(conversations().saved(id))) {
      assertThat(again.transcript().messages()).hasSize(4);
      assertThat(again.notes()).isEmpty();
    }
  }

  @Test
  void a_corrupt_line_in_the_middle_is_named_and_left_out() throws IOException {
    var id = led(List.of(BASE, new Message.User("one"), new Message.Assistant("1", List.of())));
    var file = conversations().saved(id).file();
    var lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2, "\u0000\u0000{oops");
    Files.write(file, lines);

    try (var resumed = conversations().resume(conversations().saved(id))) {
      assertThat(resumed.transcript().messages()).hasSize(2);
      assertThat(resumed.notes())
          .singleElement()
          .asString()
          .contains("line 3", file.toString(), "left out");
    }
    assertThat(Files.readAllLines(file)).isEqualTo(lines);
  }

  @Test
  void a_newer_format_and_a_lost_beginning_are_refused() throws IOException {
    var id = led(List.of(BASE, new Message.User("one")));
    var saved = conversations().saved(id);
    var text = Files.readString(saved.file());

    Files.writeString(saved.file(), text.replace("\"version\":1", "\"version\":2"));
    assertThatThrownBy(() -> conversations().resume(saved))
        .isInstanceOf(FuseException.class)
        .hasMessageContaining("newer Fuse: its format is 2");

    Files.writeString(saved.file(), text.replace("instructions", "?"));
    assertThatThrownBy(() -> conversations().resume(saved)).hasMessageContaining("is lost");
  }

  @Test
  void a_request_whose_end_was_not_seen_gets_an_answer_that_says_so() {
    var request = (Message.Assistant) Samples.turn("q", "r1").get(1);
    var conversation = conversations().start();
    conversation.accept(Samples.said(BASE));
    conversation.accept(Samples.said(new Message.User("q")));
    conversation.accept(Samples.said(request));
    conversation.accept(
        new AgentEvent.CallStarted("c1", "fs_read", Map.of("path", "notes.md"), "notes.md", false));
    // No close: the process is killed.
    conversation.flush();

    try (var resumed = conversations().resume(conversations().saved(conversation.id()))) {
      assertThat(resumed.transcript().messages().getLast())
          .isInstanceOfSatisfying(
              Message.Observation.class,
              observation -> {
                assertThat(observation.request()).isEqualTo("r1");
                assertThat(observation.text()).contains("unknown outcome", "may have happened");
              });
      assertThat(resumed.notes()).anySatisfy(note -> assertThat(note).contains("not seen"));
    }
    conversation.close();
  }

  @Test
  void a_change_is_written_down_before_it_begins() throws IOException {
    var conversation = conversations().start();

    conversation.accept(
        new AgentEvent.CallStarted("c1", "fs_read", Map.of("path", "x"), "x", false));

    var file = conversations().saved(conversation.id()).file();
    assertThat(Files.readString(file)).contains("\"type\":\"call-begun\"");
    assertThat(new Audit(home(), Clock.systemUTC()).last(1).getFirst())
        .containsEntry("outcome", "begun");
    conversation.close();
  }

  @Test
  void a_conversation_that_is_being_led_is_copied_with_its_outputs() throws IOException {
    var first = conversations().start();
    Samples.turn("q", "r1").forEach(message -> first.accept(Samples.said(message)));
    var begun = conversations().start();
    begun.accept(Samples.said(BASE));
    begun.accept(Samples.said(new Message.User("one")));
    var output = begun.outputs().keep("fs_read", "kept text");
    begun.flush();

    try (var copy = conversations().resume(conversations().saved(begun.id()))) {
      assertThat(copy.id()).isNotEqualTo(begun.id());
      assertThat(copy.transcript().messages()).hasSize(2);
      assertThat(copy.notes())
          .singleElement()
          .asString()
          .contains("is open in another chat", copy.id());
      assertThat(copy.outputs().find(output).orElseThrow().readLine()).isEqualTo("kept text");
      assertThat(copy.outputs().keep("fs_read", "next")).isEqualTo("o2");
      copy.accept(Samples.said(new Message.User("two")));
      copy.flush();
      assertThat(conversations().events(conversations().saved(copy.id()))).hasSize(3);
      assertThat(conversations().events(conversations().saved(begun.id()))).hasSize(2);
    }
    assertThatThrownBy(() -> conversations().delete(conversations().saved(begun.id())))
        .hasMessageContaining("is open in another chat");
    begun.close();
    first.close();
  }

  @Test
  void one_is_found_by_the_beginning_of_its_id_and_deleted_with_its_outputs() throws IOException {
    var id = led(List.of(BASE, new Message.User("one")));
    var saved = conversations().saved(id.substring(0, id.length() - 1));
    assertThat(conversations().list(10)).containsExactly(saved);

    conversations().delete(saved);

    assertThat(saved.file()).doesNotExist();
    assertThat(saved.folder()).doesNotExist();
    assertThatThrownBy(() -> conversations().saved(id))
        .hasMessage("there is no conversation '" + id + "'");
  }

  @Test
  void the_persons_own_words_are_the_title_and_a_report_without_a_model_is_kept() {
    var outcome = Samples.outcome(Status.DONE, List.of());
    var conversation = conversations().start();
    conversation.asked("what changed?\nreally");
    conversation.accept(new AgentEvent.Ended(Samples.withoutModel(outcome)));
    conversation.close();

    var saved = conversations().saved(conversation.id());
    assertThat(saved.heading().title()).isEqualTo("what changed?");
    assertThat(conversations().events(saved).getLast()).containsEntry("answer", outcome.answer());
  }

  @Test
  void several_that_fit_are_named() {
    var one = led(List.of(BASE));
    var two = led(List.of(BASE));

    assertThatThrownBy(() -> conversations().saved("20")).hasMessageContainingAll(one, two);
  }

  @Test
  void where_nothing_can_be_kept_it_goes_on_and_says_so_once() throws IOException {
    Files.writeString(folder.resolve(".fuse"), "a file");
    var conversation = conversations().start();

    conversation.accept(Samples.said(BASE));
    conversation.accept(new AgentEvent.CallEnded(Samples.written("c1")));
    conversation.accept(
        new AgentEvent.Ended(Samples.outcome(Status.DONE, List.of(Samples.written("c1")))));
    assertThat(conversation.outputs().keep("fs_read", "text")).isEmpty();
    conversation.close();

    assertThat(conversation.saved()).isFalse();
    assertThat(notes).singleElement().asString().contains(".fuse", "nothing is kept");
  }

  @Test
  void an_unsaved_one_keeps_outputs_and_leaves_no_file() throws IOException {
    Files.createDirectory(folder.resolve("tmp"));
    try (var conversation = conversations().startUnsaved()) {
      conversation.accept(Samples.said(BASE));
      var id = conversation.outputs().keep("fs_read", "kept\ntext");

      assertThat(conversation.outputs().find(id).orElseThrow().lines())
          .containsExactly("kept", "text");
      assertThat(conversation.outputs().find("o2")).isEmpty();
      assertThat(conversation.saved()).isFalse();
      try (var left = Files.list(folder.resolve("tmp"))) {
        assertThat(left).isEmpty();
      }
    }
    assertThat(folder.resolve(".fuse/sessions")).doesNotExist();
  }

  private String led(List<Message> messages) {
    try (var conversation = conversations().start()) {
      messages.forEach(message -> conversation.accept(Samples.said(message)));
      return conversation.id();
    }
  }

  private Conversations conversations() {
    var environment = Places.environment(folder, Map.of());
    return new Conversations(
        home(), environment, Project.of(environment), Clock.systemUTC(), _ -> true);
  }

  private Home home() {
    return Home.of(Places.environment(folder, Map.of()), notes::add);
  }
}
