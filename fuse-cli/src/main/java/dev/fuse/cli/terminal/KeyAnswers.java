package dev.fuse.cli.terminal;

import dev.fuse.cli.terminal.Keys.Press;
import dev.fuse.gate.Confirmer.Answer;
import dev.fuse.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers a question by single keys; what is pasted answers nothing and is kept. */
record KeyAnswers(
    TerminalConfirmer.Question question, Keys keys, int width, Consumer<String> typedAhead) {

  Answer answer() {
    return question.confirmation().typed().isPresent() ? typed() : keyed();
  }

  private Answer typed() {
    var wanted = question.confirmation().typed().orElseThrow();
    while (true) {
      var line = line("   type the name to go on, Esc for no: ", "", false);
      if (line.isEmpty()) {
        return question.dialogue().cancellation().cancelled()
            ? new Answer.Stop()
            : new Answer.No("");
      }
      if (line.get().equals("q")) {
        return new Answer.Stop();
      }
      if (!line.get().equals("d")) {
        return line.get().equals(wanted) ? new Answer.Once(line.get()) : new Answer.No("");
      }
      question.block().details().forEach(question.dialogue()::say);
    }
  }

  private Answer keyed() {
    prompt();
    while (true) {
      switch (keys.next()) {
        case Press.Gone() -> {
          return said("stop", new Answer.Stop());
        }
        case Press.Pasted(var text, var marked) -> {
          if (!marked && text.strip().matches("(?i)yes|no")) {
            return text.strip().equalsIgnoreCase("yes")
                ? said("yes, once", new Answer.Once(""))
                : said("no", new Answer.No(""));
          }
          typedAhead.accept(text);
          question.dialogue().say("");
          question.dialogue().say("   pasted text is no answer; press one key");
          prompt();
        }
        case Press.Key(var name) -> {
          var answer = answered(name);
          if (answer.isPresent()) {
            return answer.get();
          }
        }
      }
    }
  }

  private void prompt() {
    keys.tty().out().print("   " + question.block().keys() + "  (n) ");
    keys.tty().out().flush();
  }

  private Optional<Answer> answered(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "y" -> Optional.of(said("yes, once", new Answer.Once("")));
      case "n", "enter", "escape", "end of input" -> Optional.of(said("no", new Answer.No("")));
      case "q", "interrupt" -> Optional.of(said("stop", new Answer.Stop()));
      case "d" -> {
        question.dialogue().say("");
        question.block().details().forEach(question.dialogue()::say);
        yield again("");
      }
      case "s" -> {
        if (question.remembers()) {
          yield Optional.of(
              said("yes, for this session", new Answer.Session(question.confirmation().grants())));
        }
        yield again(ConfirmationBlock.NOT_REMEMBERED);
      }
      case "a" -> always();
      case "e" -> {
        question.dialogue().say("edit");
        var edited = question.edited();
        yield edited.isPresent() ? edited.map(Answer.Edit::new) : again("");
      }
      case "i" -> {
        question.dialogue().say("no, instead");
        var reason = line("   instead: ", "", true).filter(text -> !text.isBlank());
        yield reason.isPresent() ? reason.map(Answer.No::new) : again("");
      }
      default -> again(ConfirmationBlock.notAnOption(name, question.remembers()));
    };
  }

  private Optional<Answer> always() {
    if (!question.remembers()) {
      return again(ConfirmationBlock.NOT_REMEMBERED);
    }
    question.dialogue().say("always");
    var rules = rules();
    return rules.isPresent()
        ? Optional.of(new Answer.Always(rules.get()))
        : again("   no rule saved");
  }

  /** Each line holds the rule and is edited in place. */
  private Optional<List<Rule>> rules() {
    var rules = new ArrayList<Rule>();
    for (var grant : question.confirmation().grants()) {
      var text = grant.text();
      while (true) {
        var line = line("   rule: ", text, true);
        if (line.isEmpty() || line.get().isBlank()) {
          return Optional.empty();
        }
        try {
          rules.add(Rule.parse(line.get()));
          break;
        } catch (IllegalArgumentException e) {
          question.dialogue().say("   " + e.getMessage());
          text = line.get();
        }
      }
    }
    return Optional.of(rules);
  }

  private Optional<String> line(String prompt, String start, boolean pastes) {
    return new LineEditor(keys, prompt, start, width, pastes).read();
  }

  private Answer said(String what, Answer answer) {
    question.dialogue().say(what);
    return answer;
  }

  private Optional<Answer> again(String line) {
    if (!line.isEmpty()) {
      question.dialogue().say("");
      question.dialogue().say(line);
    }
    prompt();
    return Optional.empty();
  }
}
