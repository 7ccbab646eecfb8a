package dev.fuse.brief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.brief.Message.Assistant;
import dev.fuse.brief.Message.Instructions;
import dev.fuse.brief.Message.Observation;
import dev.fuse.brief.Message.User;
import dev.fuse.run.Cancellation;
import dev.fuse.run.ToolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CondensedTest {

  private static final String LONG = "word ".repeat(400);

  @Test
  void old_turns_are_told_in_a_few_lines_and_the_latest_stays() {
    var fitting = Window.fit(afternoon(40), List.of(), window(4_000)).orElseThrow();

    var text = fitting.messages().toString();
    assertThat(text).contains("asked: question 0", "called fs_write", "answered: answer 3");
    assertThat(text).contains("you declined");
    assertThat(fitting.messages().getFirst()).isInstanceOf(Instructions.class);
    assertThat(fitting.messages()).contains(new User("question 39"));
    assertThat(fitting.messages().size()).isLessThan(100);
  }

  @Test
  void every_request_that_is_left_has_its_observation() {
    var fitting = Window.fit(afternoon(40), List.of(), window(4_000)).orElseThrow();

    var asked = new ArrayList<String>();
    var observed = new ArrayList<String>();
    for (var message : fitting.messages()) {
      if (message instanceof Assistant assistant) {
        assistant.requests().forEach(request -> asked.add(request.id()));
      }
      if (message instanceof Observation observation) {
        observed.add(observation.request());
      }
    }
    assertThat(observed).isEqualTo(asked);
  }

  @Test
  void one_huge_prompt_is_cut_in_its_middle() {
    var huge = "start " + "x".repeat(200_000) + " end";
    var transcript = new Transcript(List.<Message>of(new Instructions("be"), new User(huge)));

    var fitting = Window.fit(transcript, List.of(), window(8_000)).orElseThrow();

    assertThat(fitting.messages().getLast().toString())
        .contains("start ", "characters left out to make room", " end");
  }

  private static Transcript afternoon(int turns) {
    var messages = new ArrayList<Message>();
    messages.add(new Instructions("be helpful"));
    for (int i = 0; i < turns; i++) {
      var id = "r" + i;
      var request = new ToolRequest(id, "fs_write", "{\"path\":\"a\"}", Map.of(), Optional.empty());
      messages.add(new User("question " + i));
      messages.add(new Assistant("", List.of(request)));
      messages.add(new Observation(id, "fs_write", "you declined; leave this target alone"));
      messages.add(new Assistant("answer " + i + " " + LONG, List.of()));
    }
    return new Transcript(messages);
  }

  /** A model that counts four characters a token. */
  private static ChatModel window(int tokens) {
    return new ChatModel() {
      @Override
      public String name() {
        return "small";
      }

      @Override
      public int window() {
        return tokens;
      }

      @Override
      public int count(String text) {
        return text.length() / 4;
      }

      @Override
      public Reply reply(Request request, Listener listener, Cancellation cancellation) {
        throw new IllegalStateException("nobody asks it");
      }
    };
  }
}
