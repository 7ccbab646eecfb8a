package dev.fuse.tool.github.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Tells in one pass over a line's bytes whether it holds a word that could be a sign, so that only
 * one line in hundreds is looked at closely (Aho and Corasick's automaton).
 */
final class Keywords {

  private static final String[] WORDS = {
    "error",
    "fail",
    "fatal",
    "panic",
    "exception",
    "denied",
    "killed",
    "space",
    "enospc",
    "oom",
    "memory",
    "heap",
    "timed out",
    "timeout",
    "refus",
    "reset",
    "unauthorized",
    "forbidden",
    "toomanyrequests",
    "too many",
    "rate limit",
    "not found",
    "could not",
    "cannot",
    "unable",
    "undefined",
    "invalid",
    "expected",
    "●",
    "✕",
    "×",
    "✗",
    "✖",
    "✘",
    "not ok",
    "traceback",
    "caused by",
    "assert",
    "exit code",
    "required",
    "supplied",
    "empty",
    "missing",
    "accessible",
    "quota",
    "x509",
    "certificate",
    "no such",
    "abort",
    "dumped",
    "sigkill",
    "segmentation",
    "resolve",
    "resolution",
    "wrong",
    "violat",
    "exhausted",
    "broken",
    "critical",
    "severe",
    "permission",
    "credential",
    "rspec ",
    ") [",
    "::",
    "_test.go",
    "e   ",
    "***",
    "<<<",
    "reformat",
    "integrity",
    "unknown",
    "unreachable",
    "econn",
    "etimedout",
    "eai_again",
    "lost",
    "code 4",
    "code: 4",
    "status 4",
    "status: 4",
    "http 4",
    "returned 4",
    "e401",
    "e403",
    "http/1.1 4"
  };

  private static final Keywords ALL = new Keywords();

  private final short[] next;
  private final boolean[] end;

  private Keywords() {
    int most = 1;
    for (var word : WORDS) {
      most += word.getBytes(StandardCharsets.UTF_8).length;
    }
    next = new short[most * 256];
    end = new boolean[most];
    Arrays.fill(next, (short) -1);
    short states = 1;
    for (var word : WORDS) {
      int state = 0;
      for (byte letter : word.getBytes(StandardCharsets.UTF_8)) {
        int edge = state * 256 + (letter & 0xff);
        if (next[edge] < 0) {
          next[edge] = states++;
        }
        state = next[edge];
      }
      end[state] = true;
    }
    link();
    foldCase();
  }

  private void link() {
    var failure = new int[end.length];
    var queue = new ArrayDeque<Integer>();
    for (int letter = 0; letter < 256; letter++) {
      if (next[letter] < 0) {
        next[letter] = 0;
      } else {
        queue.add((int) next[letter]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      end[state] |= end[failure[state]];
      for (int letter = 0; letter < 256; letter++) {
        int edge = state * 256 + letter;
        int other = next[failure[state] * 256 + letter];
        if (next[edge] < 0) {
          next[edge] = (short) other;
        } else {
          failure[next[edge]] = other;
          queue.add((int) next[edge]);
        }
      }
    }
  }

  private void foldCase() {
    for (int state = 0; state < end.length; state++) {
      for (int letter = 'a'; letter <= 'z'; letter++) {
        next[state * 256 + letter - 32] = next[state * 256 + letter];
      }
    }
  }

  /** Whether a word occurs in these bytes. */
  static boolean in(byte[] bytes, int from, int to) {
    var next = ALL.next;
    var end = ALL.end;
    int state = 0;
    for (int i = from; i < to; i++) {
      state = next[state * 256 + (bytes[i] & 0xff)];
      if (end[state]) {
        return true;
      }
    }
    return false;
  }
}
