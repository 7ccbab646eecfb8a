package dev.fuse.scenarios;

import dev.fuse.scenario.WordModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question with the scenarios that fit it.
 *
 * @param labels the best first; {@code none} where no scenario fits
 * @param group questions of one group differ in little and belong to one part
 */
record Labelled(List<String> labels, String group, String text) {

  /** The part that nothing is trained on. */
  private static final int PARTS = 6;

  /** Questions of many voices, with pasted output, mistyped, in other languages. */
  static List<Labelled> voices() {
    return lines("voices")
        .map(line -> line.split("\t", -1))
        .map(it -> new Labelled(List.of(it[0].split(",", -1)), it[1], text(it[2])))
        .toList();
  }

  /** Short questions, one of two files. */
  static List<Labelled> plain(String half) {
    return lines(half)
        .map(line -> line.split("\t", -1))
        .map(it -> new Labelled(List.of(it[0]), it[1], it[1]))
        .toList();
  }

  String label() {
    return labels.getFirst();
  }

  boolean isNone() {
    return label().equals(WordModel.NONE);
  }

  boolean fits(String scenario) {
    return labels.contains(scenario);
  }

  /** Whether it belongs to what is reported and never trained on. */
  boolean heldOut() {
    return part(PARTS, 1) == 0;
  }

  /** One of so many parts; all of a group are in one. */
  int part(int parts, int salt) {
    int hash = group.hashCode() * 0x9E3779B1 + salt * 0x85EBCA6B;
    return Math.floorMod(hash ^ (hash >>> 15), parts);
  }

  private static String text(String escaped) {
    return escaped.replace("\\n", "\n").replace("\\\\", "\\");
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(BuiltIn.resource("/questions/" + file + ".tsv")).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
