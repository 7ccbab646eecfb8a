package dev.fuse.tool.fs.machine.check;

import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the files of a project ask of the versions of Java, Node, Python and Go. */
final class ProjectVersions {

  /** What one line of one file asks for. */
  record Wanted(String program, VersionRange range, String file, String line) {}

  private static final long MOST = 1 << 20;
  private static final Map<String, String> TOOL_VERSIONS =
      Map.of(
          "java", "java", "nodejs", "node", "node", "node", "python", "python3", "golang", "go",
          "go", "go");
  private static final Pattern LINE = Pattern.compile("^\\s*(\\S+)\\s+(\\S+)", Pattern.MULTILINE);
  private static final Pattern SDKMAN = Pattern.compile("^java=(\\S+)", Pattern.MULTILINE);
  private static final Pattern GO = Pattern.compile("^go\\s+(\\d\\S*)", Pattern.MULTILINE);
  private static final Pattern ENGINES =
      Pattern.compile("\"engines\"\\s*:\\s*\\{[^}]*\"node\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern REQUIRES_PYTHON =
      Pattern.compile("^requires-python\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.MULTILINE);
  private static final Pattern GRADLE =
      Pattern.compile("JavaLanguageVersion\\.of\\(\\s*(\\d+)|sourceCompatibility\\s*=\\D*(\\d+)");
  private static final Pattern MAVEN =
      Pattern.compile(
          "<(maven\\.compiler\\.release|maven\\.compiler\\.source|java\\.version|release)>\\s*"
              + "(\\d+(?:\\.\\d+)?)\\s*</");
  private static final Pattern XML_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  private final Path directory;
  private final List<Wanted> wanted = new ArrayList<>();

  private ProjectVersions(Path directory) {
    this.directory = directory;
  }

  static List<Wanted> of(Path directory) {
    var versions = new ProjectVersions(directory);
    versions.versionFiles();
    versions.buildFiles();
    return List.copyOf(versions.wanted);
  }

  private void versionFiles() {
    text(".tool-versions")
        .ifPresent(
            text ->
                LINE.matcher(text)
                    .results()
                    .forEach(found -> toolVersion(found, ".tool-versions")));
    exact("java", ".java-version");
    exact("node", ".nvmrc");
    exact("node", ".node-version");
    exact("python3", ".python-version");
    find(".sdkmanrc", SDKMAN)
        .ifPresent(
            found -> add("java", VersionRange.exactly(found.group(1)), ".sdkmanrc", found.group()));
  }

  private void buildFiles() {
    text("pom.xml")
        .map(text -> XML_COMMENT.matcher(text).replaceAll(""))
        .map(MAVEN::matcher)
        .filter(Matcher::find)
        .ifPresent(
            found -> add("java", VersionRange.atLeast(found.group(2)), "pom.xml", found.group()));
    for (var file : List.of("build.gradle", "build.gradle.kts")) {
      find(file, GRADLE)
          .ifPresent(
              found ->
                  add(
                      "java",
                      VersionRange.atLeast(
                          Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2))),
                      file,
                      found.group()));
    }
    find("go.mod", GO)
        .ifPresent(
            found -> add("go", VersionRange.atLeast(found.group(1)), "go.mod", found.group()));
    find("package.json", ENGINES)
        .ifPresent(
            found ->
                add(
                    "node",
                    VersionRange.of(found.group(1)),
                    "package.json",
                    "engines.node " + found.group(1)));
    find("pyproject.toml", REQUIRES_PYTHON)
        .ifPresent(
            found ->
                add("python3", VersionRange.of(found.group(1)), "pyproject.toml", found.group()));
  }

  private void toolVersion(MatchResult line, String file) {
    Optional.ofNullable(TOOL_VERSIONS.get(line.group(1)))
        .ifPresent(
            program ->
                add(program, VersionRange.exactly(line.group(2)), file, line.group().strip()));
  }

  private void exact(String program, String file) {
    text(file)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> text.lines().findFirst().orElse(""))
        .ifPresent(line -> add(program, VersionRange.exactly(line), file, line));
  }

  private void add(String program, Optional<VersionRange> range, String file, String line) {
    range.ifPresent(asked -> wanted.add(new Wanted(program, asked, file, Shown.line(line, 80))));
  }

  private Optional<MatchResult> find(String file, Pattern pattern) {
    return text(file).map(pattern::matcher).filter(Matcher::find).map(Matcher::toMatchResult);
  }

  /** A link may lead to what nobody may read unasked, so only files of the project itself count. */
  private Optional<String> text(String name) {
    var file = directory.resolve(name);
    try {
      var attributes = Content.attributes(file);
      return attributes.filter(found -> found.isRegularFile() && found.size() < MOST).isPresent()
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
