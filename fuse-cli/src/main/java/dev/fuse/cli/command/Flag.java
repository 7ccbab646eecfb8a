package dev.fuse.cli.command;

import static dev.fuse.cli.command.Flag.Form.COUNT;
import static dev.fuse.cli.command.Flag.Form.MANY;
import static dev.fuse.cli.command.Flag.Form.SWITCH;
import static dev.fuse.cli.command.Flag.Form.TEXT;
import static dev.fuse.cli.command.Flag.Group.ANSWER;
import static dev.fuse.cli.command.Flag.Group.CHANGES;
import static dev.fuse.cli.command.Flag.Group.COMMAND;
import static dev.fuse.cli.command.Flag.Group.CONVERSATION;
import static dev.fuse.cli.command.Flag.Group.OUTPUT_GROUP;
import static dev.fuse.cli.command.Flag.Group.WHERE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every flag: its names, what it takes, its help. Commands name the ones that they use. */
public enum Flag {
  MODEL(ANSWER, TEXT, "[PROVIDER:]NAME", "Ask this model", "-m", "--model"),
  SCENARIO(ANSWER, TEXT, "NAME", "Use this scenario, or 'none'", "--scenario"),
  MAX_TURNS(ANSWER, COUNT, "N", "Ask the model at most N times", "--max-turns"),
  MAX_TOKENS(ANSWER, COUNT, "N", "Limit an answer to N tokens", "--max-tokens"),
  TIMEOUT(ANSWER, TEXT, "DURATION", "Stop after this time, such as 90s or 5m", "--timeout"),
  OUTPUT_SCHEMA(
      ANSWER, TEXT, "FILE", "Answer with JSON that fits this JSON schema", "--output-schema"),
  CONTINUE(CONVERSATION, SWITCH, "", "Resume the last conversation here", "-c", "--continue"),
  RESUME(
      CONVERSATION,
      TEXT,
      "[ID]",
      "Resume a conversation; without an ID, pick one",
      "-r",
      "--resume"),
  NO_SESSION(CONVERSATION, SWITCH, "", "Do not save this conversation", "--no-session"),
  INTERACTIVE(CONVERSATION, SWITCH, "", "Keep chatting after the answer", "-i", "--interactive"),
  PLAN(CHANGES, SWITCH, "", "Read only: offer no tool that changes anything", "--plan"),
  ALLOW(CHANGES, MANY, "RULE", "Allow calls that match this rule (repeatable)", "--allow"),
  SECRET(
      CHANGES,
      MANY,
      "PARAM=SOURCE",
      "Take a secret from env:NAME or file:PATH (repeatable)",
      "--secret"),
  PLAN_OUT(CHANGES, TEXT, "FILE", "Write the proposed changes to a file; run none", "--plan-out"),
  SHA256(CHANGES, TEXT, "HASH", "Run exactly the plan with this hash, without asking", "--sha256"),
  NO_INPUT(CHANGES, SWITCH, "", "Never ask; fail and name the flag to use instead", "--no-input"),
  YES(CHANGES, SWITCH, "", "Answer yes to Fuse's own questions, never to a call", "-y", "--yes"),
  CONTEXT(WHERE, TEXT, "CONTEXT", "Pin the kube context", "--context"),
  NAMESPACE(WHERE, TEXT, "NAMESPACE", "Pin the namespace", "-n", "--namespace"),
  PROJECT(WHERE, TEXT, "PROJECT", "Pin the Google Cloud project", "--project"),
  OUTPUT(OUTPUT_GROUP, TEXT, "FORMAT", "text, json or stream-json", "-o", "--output"),
  QUIET(OUTPUT_GROUP, SWITCH, "", "Print the answer and nothing else", "-q", "--quiet"),
  VERBOSE(OUTPUT_GROUP, SWITCH, "", "Show arguments, results and usage", "-v", "--verbose"),
  COLOR(OUTPUT_GROUP, TEXT, "WHEN", "auto, always or never", "--color"),
  ACCESSIBLE(
      OUTPUT_GROUP,
      SWITCH,
      "",
      "No spinner, no drawn lines; questions end with Enter",
      "--accessible"),
  DEBUG(OUTPUT_GROUP, SWITCH, "", "Trace what happens and when", "--debug"),
  HELP(OUTPUT_GROUP, SWITCH, "", "Show this help", "-h", "--help"),
  VERSION(OUTPUT_GROUP, SWITCH, "", "Print the version", "-V", "--version"),
  CHANGES_ONLY(COMMAND, SWITCH, "", "Only calls that change something", "--changes"),
  LIMIT(COMMAND, COUNT, "N", "Show at most N", "--limit"),
  BATCH(
      COMMAND, SWITCH, "", "Read one question per line; print one JSON object per line", "--batch"),
  STRICT(COMMAND, SWITCH, "", "Treat a tool that is not installed as an error", "--strict"),
  LAST(COMMAND, SWITCH, "", "Undo the latest change", "--last"),
  LIST(COMMAND, SWITCH, "", "Only list what can be undone", "--list"),
  ALL(COMMAND, SWITCH, "", "Include everything", "--all"),
  REVOKE(COMMAND, SWITCH, "", "Stop trusting this project", "--revoke"),
  ADD(COMMAND, MANY, "VALUE", "Add a value to a list (repeatable)", "--add"),
  REMOVE(COMMAND, MANY, "VALUE", "Remove a value from a list (repeatable)", "--remove"),
  FORMAT(COMMAND, TEXT, "FORMAT", "md, json or html", "--format"),
  FIX(COMMAND, SWITCH, "", "Fix what is Fuse's own", "--fix"),
  ASK(COMMAND, SWITCH, "", "Ask about matching calls", "--ask"),
  DENY(COMMAND, SWITCH, "", "Deny matching calls", "--deny"),
  EXPIRES(COMMAND, TEXT, "WHEN", "A date (2026-12-31) or a time from now (8h, 30d)", "--expires"),
  MESSAGE(COMMAND, TEXT, "TEXT", "Why the rule exists; shown where it decides", "--message"),
  ROFF(COMMAND, SWITCH, "", "Print the manual page's source", "--roff");

  /** What a flag takes. */
  enum Form {
    SWITCH,
    TEXT,
    MANY,
    COUNT
  }

  /** Under which heading help lists a flag. */
  enum Group {
    COMMAND("Flags"),
    ANSWER("Answer"),
    CONVERSATION("Conversation"),
    CHANGES("Changes and questions"),
    WHERE("Where"),
    OUTPUT_GROUP("Output");

    final String title;

    Group(String title) {
      this.title = title;
    }
  }

  /** Those that every command accepts. */
  static final Set<Flag> COMMON =
      Set.copyOf(EnumSet.of(OUTPUT, QUIET, COLOR, ACCESSIBLE, NO_INPUT, DEBUG, HELP));

  /** Those of a prompt. */
  static final Set<Flag> PROMPT = prompt();

  /** Those of a command that makes calls. */
  static final Set<Flag> CALLS =
      Set.copyOf(EnumSet.of(ALLOW, PLAN, SECRET, CONTEXT, NAMESPACE, PROJECT, TIMEOUT, VERBOSE));

  private final Group group;
  private final Form form;
  private final String label;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
  private final List<String> names;

  Flag(Group group, Form form, String label, String help, String... names) {
    this.group = group;
    this.form = form;
    this.label = label;
    this.help = help;
    this.names = List.of(names);
  }

  private static Set<Flag> prompt() {
    var flags = EnumSet.allOf(Flag.class);
    flags.removeIf(flag -> flag.group == COMMAND);
    flags.remove(SHA256);
    return Set.copyOf(flags);
  }

  Group group() {
    return group;
  }

  Form form() {
    return form;
  }

  String label() {
    return label;
  }

  String help() {
    return help;
  }

  List<String> names() {
    return names;
  }

  /** The long name, as messages name it. */
  String longName() {
    return names.getLast();
  }

  boolean takesValue() {
    return form != SWITCH;
  }
}
