package dev.fuse.cli.session;

import dev.fuse.cli.json.Json;
import dev.fuse.cli.session.Story.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** A saved conversation as a document for people and programs; masked as it was saved. */
public final class SessionExport {

  private SessionExport() {}

  /** As Markdown. */
  public static String markdown(Saved saved, Conversations conversations) {
    var text = new StringBuilder("# " + title(saved) + "\n");
    for (var part : Story.of(conversations.events(saved)).parts()) {
      text.append(
          switch (part) {
            case Part.Asked(var said) -> "\n## You\n\n" + said.strip() + "\n";
            case Part.Answered(var said) -> "\n## Fuse\n\n" + said + "\n";
            case Part.Called(var tool, var summary, var outcome) ->
                "\n- `" + tool + "` " + summary + ": " + outcome + "\n";
          });
    }
    return text.toString();
  }

  /** As one JSON document: what was said and done, and each event as it was saved. */
  public static String json(Saved saved, Conversations conversations) {
    var parts = new ArrayList<Map<String, Object>>();
    for (var part : Story.of(conversations.events(saved)).parts()) {
      var data = new LinkedHashMap<String, Object>();
      switch (part) {
        case Part.Asked(var said) -> data.put("you", said);
        case Part.Answered(var said) -> data.put("fuse", said);
        case Part.Called(var tool, var summary, var outcome) -> {
          data.put("tool", tool);
          data.put("summary", summary);
          data.put("outcome", outcome);
        }
      }
      parts.add(data);
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("id", saved.id());
    document.put("title", title(saved));
    document.put("modified", saved.modified().toString());
    document.put("conversation", parts);
    document.put("events", conversations.events(saved));
    return Json.writeIndented(document);
  }

  /** As one HTML page that needs nothing else. */
  public static String html(Saved saved, Conversations conversations) {
    var page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    page.append(escaped(title(saved))).append("</title><style>");
    page.append("body{font:16px/1.5 system-ui;max-width:48em;margin:2em auto;padding:0 1em}");
    page.append("pre{white-space:pre-wrap}.you{border-left:4px solid #888;padding-left:1em}");
    page.append("</style></head><body>\n<h1>").append(escaped(title(saved))).append("</h1>\n");
    for (var part : Story.of(conversations.events(saved)).parts()) {
      page.append(
          switch (part) {
            case Part.Asked(var said) ->
                "<h2>You</h2><pre class=\"you\">" + escaped(said) + "</pre>\n";
            case Part.Answered(var said) -> "<h2>Fuse</h2><pre>" + escaped(said) + "</pre>\n";
            case Part.Called(var tool, var summary, var outcome) ->
                "<p><code>%s</code> %s: %s</p>\n"
                    .formatted(escaped(tool), escaped(summary), escaped(outcome));
          });
    }
    return page.append("</body></html>").toString();
  }

  private static String title(Saved saved) {
    var title = saved.heading().title();
    return title.isBlank() ? saved.id() : title;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
