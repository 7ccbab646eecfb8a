package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.ConfigEditor;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.home.StoredRule;
import dev.fuse.cli.json.Json;
import dev.fuse.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fuse permissions}: the rules that allow, ask about and deny calls. */
final class PermissionCommands {

  private static final List<String> KINDS = List.of("deny", "ask", "allow");

  private PermissionCommands() {}

  static Command command() {
    return Command.group("permissions", "List, test, add and revoke the rules for calls")
        .with("list", "List the rules and where each is written", "", PermissionCommands::list)
        .with(
            "check",
            "Show which rule decides about a call; runs nothing",
            "TOOL [KEY=VALUE...]",
            PermissionCommands::check)
        .with("add", "Allow calls that match a rule", "RULE", PermissionCommands::add)
        .with("revoke", "Remove a rule of your own", "RULE", PermissionCommands::revoke)
        .calls("check")
        .uses("add", Flag.ASK, Flag.DENY, Flag.EXPIRES, Flag.MESSAGE)
        .examples(
            "add",
            "fuse permissions add 'fs_write(path:/srv/notes/**)' --expires 8h",
            "fuse permissions add --deny 'k8s_delete(context:*prod*)' --message 'ask the team'")
        .examples("check", "fuse permissions check fs_write path=/srv/notes/a.md content=x");
  }

  private static ExitCode list(Given given, Workbench bench) {
    var rows = new ArrayList<List<String>>();
    var data = new ArrayList<Map<String, Object>>();
    for (var kind : KINDS) {
      for (var placed : bench.settings().storedPermissions(kind)) {
        rows.add(row(kind, placed));
        data.add(data(kind, placed));
      }
    }
    if (given.json()) {
      bench.data(Json.writeIndented(data));
      return ExitCode.DONE;
    }
    if (rows.isEmpty()) {
      bench.data("no rules of your own");
    } else {
      bench.data(Columns.of(List.of("KIND", "EXPIRES", "FROM", "RULE"), rows, bench.width()));
    }
    bench.data("");
    bench.data("Reads run. Anything else asks, unless a rule covers it.");
    return ExitCode.DONE;
  }

  private static List<String> row(String kind, Settings.PlacedRule placed) {
    var because = placed.stored().because();
    return List.of(
        kind,
        expiry(placed.stored()),
        placed.place(),
        placed.rule().text() + (because.isEmpty() ? "" : "  (" + because + ")"));
  }

  private static String expiry(StoredRule rule) {
    return rule.until()
        .map(end -> rule.expired(Instant.now()) ? "expired" : Time.of(end))
        .orElse("never");
  }

  private static Map<String, Object> data(String kind, Settings.PlacedRule placed) {
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", kind);
    data.put("rule", placed.rule().text());
    data.put("from", placed.place());
    placed.stored().until().ifPresent(end -> data.put("expires", end.toString()));
    data.put("expired", placed.stored().expired(Instant.now()));
    data.put("message", placed.stored().because());
    return data;
  }

  private static ExitCode check(Given given, Workbench bench) {
    var spec = ToolCommands.find(given.word(0), bench);
    var words = given.words().subList(1, given.words().size());
    var ruled = bench.ruled(spec.name(), ToolCommands.arguments(spec, words));
    if (given.json()) {
      var data = new LinkedHashMap<String, Object>();
      data.put("verdict", ruled.verdict());
      data.put("by", ruled.by());
      data.put("from", ruled.place());
      data.put("effects", ruled.effects());
      bench.data(Json.writeIndented(data));
      return ExitCode.DONE;
    }
    bench.data(ruled.verdict() + "  " + ruled.by());
    if (!ruled.place().isEmpty()) {
      bench.data("from     " + ruled.place());
    }
    if (!ruled.effects().isEmpty()) {
      bench.data("effects  " + ruled.effects());
    }
    return ExitCode.DONE;
  }

  private static ExitCode add(Given given, Workbench bench) {
    if (given.is(Flag.ASK) && given.is(Flag.DENY)) {
      throw new FuseException(
          Kind.USAGE, "--ask and --deny exclude each other", "see fuse permissions add --help");
    }
    var kind = given.is(Flag.DENY) ? "deny" : given.is(Flag.ASK) ? "ask" : "allow";
    var message = given.text(Flag.MESSAGE).orElse("");
    if (message.contains("'") || message.contains("\n")) {
      throw new FuseException(
          Kind.USAGE, "--message holds a quote or a line break", "write it without");
    }
    var stored =
        new StoredRule(
            rule(given.word(0)), given.text(Flag.EXPIRES).map(PermissionCommands::end), message);
    var key = bench.settings().known("permissions." + kind);
    var editor = editor(bench);
    editor.add(key, stored.text());
    return told(given, bench, "added", kind, stored, editor);
  }

  private static Rule rule(String text) {
    try {
      return Rule.parse(text);
    } catch (IllegalArgumentException e) {
      throw new FuseException(
          Kind.USAGE,
          "'" + text + "' is not a rule: " + e.getMessage(),
          "a rule is TOOL or TOOL(key:value, ...); fuse tools list names the tools");
    }
  }

  private static Instant end(String text) {
    var span = FlagSpecs.duration(text);
    if (span.isPresent()) {
      return Instant.now().plus(span.get()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }
    try {
      return StoredRule.moment(text);
    } catch (IllegalArgumentException e) {
      throw new FuseException(
          Kind.USAGE, "--expires is " + e.getMessage(), "or a time from now, such as 8h or 30d");
    }
  }

  /** Of whatever kind, by its text or by the text of its rule alone. */
  private static ExitCode revoke(Given given, Workbench bench) {
    var wanted = given.word(0).strip();
    var editor = editor(bench);
    for (var kind : KINDS) {
      var key = bench.settings().known("permissions." + kind);
      for (var entry : editor.values(key)) {
        var stored = StoredRule.parse(entry);
        if (entry.equals(wanted) || stored.rule().text().equals(wanted) || same(stored, wanted)) {
          editor.remove(key, entry);
          return told(given, bench, "revoked", kind, stored, editor);
        }
      }
    }
    throw new FuseException(
        Kind.USAGE,
        "there is no rule '" + wanted + "' in your own settings",
        "fuse permissions list shows the rules and where each is written");
  }

  private static boolean same(StoredRule stored, String wanted) {
    return parsed(wanted).filter(rule -> rule.text().equals(stored.rule().text())).isPresent();
  }

  private static Optional<Rule> parsed(String text) {
    try {
      return Optional.of(Rule.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static ExitCode told(
      Given given,
      Workbench bench,
      String done,
      String kind,
      StoredRule stored,
      ConfigEditor editor) {
    if (given.json()) {
      var data = data(kind, new Settings.PlacedRule(stored, editor.file()));
      data.put("done", done);
      bench.data(Json.writeIndented(data));
    } else {
      bench.note(done + ": " + kind + " " + stored.text() + "  (" + editor.file() + ")");
    }
    return ExitCode.DONE;
  }

  private static ConfigEditor editor(Workbench bench) {
    var file =
        bench
            .home()
            .findFolder("")
            .map(folder -> folder.resolve("config.yaml"))
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.FAILED,
                        "rules cannot be saved: there is no home folder",
                        "make ~/.fuse writable or set FUSE_HOME"));
    return new ConfigEditor(file, bench.settings().keys());
  }
}
