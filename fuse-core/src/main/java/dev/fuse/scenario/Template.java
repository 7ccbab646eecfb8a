package dev.fuse.scenario;

/** The text that a new scenario begins with; it is a valid scenario as it stands. */
public final class Template {

  private Template() {}

  /**
   * A file of this name, without its ending.
   *
   * @param description one sentence: when it applies; a stopgap where it is blank
   */
  public static String of(String name, String description) {
    var said = description.isBlank() ? "Something is asked about " + name : description.strip();
    return String.join("\n", Words.lines("template.yaml"))
        .replace("DESCRIPTION", said.replaceAll("\\s+", " "))
        .replace("NAME", name)
        .concat("\n");
  }
}
