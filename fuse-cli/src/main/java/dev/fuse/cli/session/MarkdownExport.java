package dev.fuse.cli.session;

import dev.fuse.brief.Message;
import dev.fuse.brief.Transcript;

/** A conversation as a Markdown document for people; masked as the transcript is. */
public final class MarkdownExport {

  private MarkdownExport() {}

  /** The document; instructions to the model are no part of it. */
  public static String of(Transcript transcript) {
    var text = new StringBuilder("# A conversation with Fuse\n");
    transcript.messages().forEach(message -> add(message, text));
    return text.toString();
  }

  private static void add(Message message, StringBuilder text) {
    switch (message) {
      case Message.Instructions _ -> {}
      case Message.User(var prompt) -> text.append("\n## You\n\n").append(prompt).append('\n');
      case Message.Assistant(var said, var requests) -> {
        text.append("\n## Fuse\n");
        if (!said.isBlank()) {
          text.append('\n').append(said.strip()).append('\n');
        }
        requests.forEach(
            request ->
                text.append("\n`")
                    .append(request.tool())
                    .append("` ")
                    .append(fenced(request.json())));
      }
      case Message.Observation(_, var tool, var result) ->
          text.append("\nResult of `").append(tool).append("`").append(fenced(result));
    }
  }

  private static String fenced(String text) {
    var fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return "\n\n" + fence + "\n" + text.strip() + "\n" + fence + "\n";
  }
}
