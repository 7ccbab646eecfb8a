package dev.fuse.cli.terminal;

import dev.fuse.gate.Confirmer.Answer;
import dev.fuse.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers a question by a key and Enter, for screens that are read aloud and dumb terminals. */
record LineAnswers(TerminalConfirmer.Question question) {

  Answer answer() {
    return question.confirmation().typed().isPresent() ? typed() : keyed();
  }

  private Answer typed() {
    var wanted = question.confirmation().typed().orElseThrow();
    while (true) {
      var line = ask("   type the name to go on, Enter for no, q to stop: ");
      if (line.isEmpty() || line.get().equals("q")) {
        return new Answer.Stop();
      }
      if (!line.get().equals("d")) {
        return line.get().equals(wanted) ? new Answer.Once(line.get()) : new Answer.No("");
      }
      question.block().details().forEach(question.dialogue()::say);
    }
  }

  private Answer keyed() {
    while (true) {
      var line = ask("   " + question.block().keys() + "  then Enter (n) ");
      if (line.isEmpty()) {
        return new Answer.Stop();
      }
      var answer = answered(line.get());
      if (answer.isPresent()) {
        return answer.get();
      }
    }
  }

  private Optional<Answer> answered(String line) {
    return switch (line.toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> Optional.of(new Answer.Once(""));
      case "", "n", "no", "\u0004" -> Optional.of(new Answer.No(""));
      case "q" -> Optional.of(new Answer.Stop());
      case "d" -> {
        question.block().details().forEach(question.dialogue()::say);
        yield Optional.empty();
      }
      case "s" -> {
        if (question.remembers()) {
          yield Optional.of(new Answer.Session(question.confirmation().grants()));
        }
        yield told(ConfirmationBlock.NOT_REMEMBERED);
      }
      case "a" -> {
        if (!question.remembers()) {
          yield told(ConfirmationBlock.NOT_REMEMBERED);
        }
        var rules = rules();
        yield rules.isPresent()
            ? Optional.of(new Answer.Always(rules.get()))
            : told("   no rule saved");
      }
      case "e" -> question.edited().map(Answer.Edit::new);
      case "i" -> ask("   instead: ").filter(text -> !text.isBlank()).map(Answer.No::new);
      default -> told(ConfirmationBlock.notAnOption(line, question.remembers()) + ", then Enter");
    };
  }

  private Optional<List<Rule>> rules() {
    var rules = new ArrayList<Rule>();
    for (var grant : question.confirmation().grants()) {
      question.dialogue().say("   the rule: " + grant);
      var line = ask("   Enter keeps it, or write another one: ");
      if (line.isEmpty()) {
        return Optional.empty();
      }
      try {
        rules.add(line.get().isBlank() ? grant : Rule.parse(line.get()));
      } catch (IllegalArgumentException e) {
        question.dialogue().say("   " + e.getMessage());
        return Optional.empty();
      }
    }
    return Optional.of(rules);
  }

  private Optional<String> ask(String text) {
    return question.dialogue().ask(text);
  }

  private <T> Optional<T> told(String line) {
    question.dialogue().say(line);
    return Optional.empty();
  }
}
