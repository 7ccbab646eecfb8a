package dev.fuse.cli.init;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Asks for many things at once, a few at a time. */
final class Parallel {

  private static final int WIDTH = 8;

  private Parallel() {}

  /** The answers in the order of the questions; those that fail are left out. */
  static <Q, A> List<A> ask(List<Q> questions, Function<Q, A> asking) {
    var answers = new ArrayList<A>();
    try (var threads = Executors.newFixedThreadPool(WIDTH, Thread.ofVirtual().factory())) {
      var calls = questions.stream().<Callable<A>>map(one -> () -> asking.apply(one)).toList();
      for (var answer : threads.invokeAll(calls)) {
        add(answers, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }

  private static <A> void add(List<A> answers, java.util.concurrent.Future<A> answer)
      throws InterruptedException {
    try {
      answers.add(answer.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
    }
  }
}
