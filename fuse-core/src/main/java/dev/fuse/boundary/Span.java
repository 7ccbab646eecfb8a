package dev.fuse.boundary;

/**
 * A secret's place in a text.
 *
 * @param start of its first character
 * @param end behind its last
 * @param name what it is, such as {@code github-pat} or the name it was given
 */
record Span(int start, int end, String name) {

  int length() {
    return end - start;
  }
}
