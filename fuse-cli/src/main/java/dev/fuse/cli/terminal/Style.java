package dev.fuse.cli.terminal;

/** Ways to set off text on a terminal (ECMA-48 select graphic rendition). */
enum Style {
  BOLD("1"),
  DIM("2"),
  ITALIC("3"),
  UNDERLINE("4"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  CYAN("36"),
  /** Can be read on light and on dark, which yellow cannot. */
  WARNING("1;35"),
  DANGER("1;31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text in this style, or as it is where colours are off. */
  String on(String text, boolean colors) {
    return colors && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
