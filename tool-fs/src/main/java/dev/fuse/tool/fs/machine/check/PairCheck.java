package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.ProgramVersions;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Versions that do not fit each other: Gradle or Maven and the JDK, Node and its OpenSSL. */
record PairCheck(Place place, Programs programs, String question) implements MachineCheck {

  private static final Pattern GRADLE = Pattern.compile("gradle-(\\d+)\\.(\\d+)(?:\\.(\\d+))?");
  private static final Pattern CLASS_FILE =
      Pattern.compile("(?i)class file (?:major )?version (\\d+)");
  private static final Pattern WEBPACK =
      Pattern.compile(
          "\"(webpack|react-scripts|@vue/cli-service|laravel-mix|next|nuxt)\"\\s*:\\s*\"[~^]?(\\d+)\\.([\\d.]*)");

  /** The newest Java that a Gradle runs on, by 100 × major + minor; from Gradle's own table. */
  private static final TreeMap<Integer, Integer> RUNS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(0, 8),
              Map.entry(403, 9),
              Map.entry(407, 10),
              Map.entry(500, 11),
              Map.entry(504, 12),
              Map.entry(600, 13),
              Map.entry(603, 14),
              Map.entry(607, 15),
              Map.entry(700, 16),
              Map.entry(703, 17),
              Map.entry(705, 18),
              Map.entry(706, 19),
              Map.entry(803, 20),
              Map.entry(805, 21),
              Map.entry(808, 22),
              Map.entry(810, 23),
              Map.entry(814, 24),
              Map.entry(901, 25)));

  @Override
  public String name() {
    return "versions that must fit each other";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    gradle(found);
    node(found);
    return found;
  }

  private Optional<Integer> java() {
    var home = place.environment().getOrDefault("JAVA_HOME", "");
    try {
      return Optional.of(home)
          .filter(text -> !text.isEmpty())
          .flatMap(text -> ProgramVersions.ofJdk(Path.of(text)))
          .or(() -> new ProgramVersions(programs).find("java"))
          .map(text -> text.replaceFirst("^1\\.", "").replaceFirst("\\D.*", ""))
          .map(Integer::parseInt);
    } catch (InvalidPathException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void gradle(List<Finding> found) {
    var file = "gradle/wrapper/gradle-wrapper.properties";
    var wrapper = text(file).map(GRADLE::matcher).filter(matcher -> matcher.find());
    var java = wrapper.isEmpty() ? Optional.<Integer>empty() : java();
    if (wrapper.isEmpty() || java.isEmpty()) {
      asked(found);
      return;
    }
    int version =
        100 * Integer.parseInt(wrapper.get().group(1)) + Integer.parseInt(wrapper.get().group(2));
    int most = RUNS.floorEntry(version).getValue();
    if (java.get() > most) {
      var enough = RUNS.entrySet().stream().filter(one -> one.getValue() >= java.get()).findFirst();
      var home = place.environment().getOrDefault("JAVA_HOME", "");
      found.add(
          Finding.error(
              "Gradle and Java",
              "%s names Gradle %s, which runs on Java %d at most; %s is Java %d (class file version %d)"
                  .formatted(
                      file,
                      wrapper.get().group().substring("gradle-".length()),
                      most,
                      home.isEmpty() ? "the java on the PATH" : "JAVA_HOME " + Shown.name(home),
                      java.get(),
                      java.get() + 44),
              "that Gradle is too old for this JDK: Unsupported class file major version",
              "raise the wrapper to Gradle "
                  + enough
                      .map(one -> one.getKey() / 100 + "." + one.getKey() % 100)
                      .orElse("the newest")
                  + " or later, or set JAVA_HOME to a JDK "
                  + most));
    } else if (version >= 900 && java.get() < 17) {
      found.add(
          Finding.error(
              "Gradle and Java",
              file + " names Gradle " + wrapper.get().group() + ", and Java here is " + java.get(),
              "Gradle 9 needs Java 17 or later",
              "set JAVA_HOME to a JDK 17 or later"));
    }
  }

  private void asked(List<Finding> found) {
    var asked = CLASS_FILE.matcher(question);
    if (asked.find()) {
      int wanted = Integer.parseInt(asked.group(1)) - 44;
      java()
          .ifPresent(
              here ->
                  found.add(
                      Finding.warning(
                          "Java",
                          "class file version %s is Java %d; the Java here is %d"
                              .formatted(asked.group(1), wanted, here),
                          here < wanted
                              ? "the class was compiled for a newer Java than runs it"
                              : "the program that reads the class is older than Java " + wanted,
                          here < wanted
                              ? "set JAVA_HOME and PATH to a JDK " + wanted + " or later"
                              : "update that program (Gradle, ASM, the plugin), or use an older"
                                  + " JDK")));
    }
  }

  private void node(List<Finding> found) {
    boolean named =
        Pattern.compile("(?i)ERR_OSSL|digital envelope|md4|openssl").matcher(question).find();
    var manifest = text("package.json").map(WEBPACK::matcher);
    if (manifest.isEmpty()) {
      return;
    }
    var old = new ArrayList<String>();
    while (manifest.get().find()) {
      int major = Integer.parseInt(manifest.get().group(2));
      int fits =
          switch (manifest.get().group(1)) {
            case "webpack", "react-scripts", "@vue/cli-service" -> 5;
            case "laravel-mix" -> 6;
            case "next" -> 12;
            default -> 3;
          };
      if (major < fits) {
        old.add(manifest.get().group(1) + " " + major + "." + manifest.get().group(3));
      }
    }
    if (old.isEmpty()) {
      return;
    }
    var node = new ProgramVersions(programs).find("node");
    int major = node.map(text -> Integer.parseInt(text.replaceFirst("\\..*", ""))).orElse(0);
    if (major < 17 || !(named || old.getFirst().startsWith("webpack 4"))) {
      return;
    }
    found.add(
        Finding.error(
            "Node and OpenSSL",
            "node v%s has OpenSSL 3, and package.json has %s"
                .formatted(node.orElse(""), String.join(", ", old)),
            "it hashes with MD4 (webpack 4), which OpenSSL 3 in Node 17 and later no longer offers"
                + " (ERR_OSSL_EVP_UNSUPPORTED)",
            "update to webpack 5 (or the release of that tool that has it), or run with Node 16;"
                + " as a stopgap NODE_OPTIONS=--openssl-legacy-provider"));
  }

  private Optional<String> text(String name) {
    var file = place.directory().resolve(name);
    try {
      return Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)
              && Files.size(file) < 1 << 20
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
