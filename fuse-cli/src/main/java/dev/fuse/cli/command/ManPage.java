package dev.fuse.cli.command;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The manual page as roff, made from the same words as help. */
final class ManPage {

  private ManPage() {}

  static String text(String version) {
    var page = new StringBuilder();
    page.append(".TH FUSE 1 \"\" \"fuse ").append(version).append("\" \"Fuse\"\n");
    page.append(".SH NAME\nfuse \\- ")
        .append(roff("a terminal copilot for operations"))
        .append('\n');
    page.append(".SH SYNOPSIS\n");
    HelpText.USAGE.forEach(usage -> page.append(".B ").append(roff(usage)).append("\n.br\n"));
    page.append(".SH DESCRIPTION\n").append(roff(HelpText.WHAT)).append('\n');
    page.append(
            roff(
                "Fuse looks at the systems that a question names before a model is asked, and changes nothing without asking."))
        .append('\n');
    page.append(".SH COMMANDS\n");
    for (var command : Commands.shown().values()) {
      for (var leaf : command.leaves().values()) {
        var full = "fuse " + command.name() + " " + leaf.name() + " " + leaf.words();
        page.append(".TP\n.B ").append(roff(full.replaceAll(" +", " ").strip())).append('\n');
        page.append(roff(leaf.description())).append(".\n");
      }
    }
    page.append(".SH FLAGS\n");
    page.append(
        Arrays.stream(Flag.values())
            .filter(flag -> flag.group() != Flag.Group.COMMAND)
            .map(
                flag ->
                    ".TP\n.B "
                        + roff(HelpText.label(flag).strip())
                        + "\n"
                        + roff(flag.help())
                        + ".\n")
            .collect(Collectors.joining()));
    page.append(".SH EXIT CODES\n").append(roff(HelpText.exitCodes())).append('\n');
    page.append(".SH EXAMPLES\n");
    HelpText.EXAMPLES.forEach(it -> page.append(".PP\n.B ").append(roff(it)).append('\n'));
    page.append(
        ".SH FILES\n.TP\n.B ~/.fuse/config.yaml\nYour settings; FUSE_HOME moves ~/.fuse.\n");
    return page.toString();
  }

  private static String roff(String text) {
    var safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
