package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the reading tools have in common. */
final class Reading {

  static final Ceiling CEILING = Ceiling.readsRemote(GcpTool.SYSTEM);
  static final Schema PROJECT = Schema.string("default: pinned");

  private Reading() {}

  /** A call that reads something of a project. */
  static Action of(
      Access access, String summary, String project, Function<Cloud, ToolResult> reading) {
    var target = Target.of(GcpTool.SYSTEM, "project", project);
    return Action.of(
        summary,
        Effect.remote(Verb.READ, target, Risk.NONE),
        call -> reading.apply(new Cloud(access.google(), call)));
  }

  /** Rows in columns; an empty list is said in words. */
  static String table(List<String> head, List<List<String>> rows, String none) {
    if (rows.isEmpty()) {
      return none;
    }
    var all = new ArrayList<List<String>>();
    all.add(head);
    all.addAll(rows);
    var widths = new int[head.size()];
    for (var row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (var row : all) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** That a part could not be seen. */
  static String unseen(String what, Refusal why) {
    return what + ": not checked, " + why.inShort();
  }
}
