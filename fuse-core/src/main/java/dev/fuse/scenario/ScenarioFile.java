package dev.fuse.scenario;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of guidance as it was read: a scenario, or the problems that keep it from being one.
 *
 * @param origin the file's path or another name for where the text is from
 * @param name the scenario's name, from the file's name
 * @param scenario empty where a problem is more than a warning
 */
public record ScenarioFile(
    String origin, String name, Optional<Scenario> scenario, List<Problem> problems) {

  /** The most bytes that a file may have. */
  public static final int LARGEST = 256 * 1024;

  public ScenarioFile {
    problems = List.copyOf(problems);
  }

  /** Reads a text: YAML, or Markdown where the origin ends in {@code .md}. */
  public static ScenarioFile read(String origin, String text, Installed installed) {
    var name = nameOf(origin);
    if (name.equals("none")) {
      return broken(
          origin, "'none' is no name of a scenario; --scenario none means that none is used");
    }
    // As editors on Windows write it.
    var plain = text.replaceFirst("^\uFEFF", "").replace("\r\n", "\n");
    if (origin.endsWith(".md")) {
      return MarkdownFile.read(origin, name, plain);
    }
    return new ScenarioReader(new YamlText(origin, plain), name, installed).read();
  }

  /** Reads a file; one that cannot be read is a problem too. */
  public static ScenarioFile read(Path file, Installed installed) {
    var origin = file.toString();
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return broken(origin, "it is a folder or a device, and not a file");
      }
      if (Files.size(file) > LARGEST) {
        return broken(origin, "the file has more than 256 KB, which is the most");
      }
      return read(origin, Files.readString(file), installed);
    } catch (CharacterCodingException e) {
      return broken(origin, "the file is not in UTF-8");
    } catch (NoSuchFileException e) {
      return broken(origin, "there is no such file");
    } catch (AccessDeniedException e) {
      return broken(origin, "the file may not be read: permission denied");
    } catch (IOException e) {
      return broken(origin, "the file cannot be read: " + e.getMessage());
    }
  }

  /** The name that a file of this path gives its scenario. */
  static String nameOf(String origin) {
    var parts = List.of(origin.split("[/\\\\]", -1));
    var file = parts.getLast();
    if (file.equals("SKILL.md") && parts.size() > 1) {
      return parts.get(parts.size() - 2);
    }
    return file.equals("AGENTS.md") ? "agents-md" : file.replaceAll("\\.(ya?ml|md)$", "");
  }

  private static ScenarioFile broken(String origin, String message) {
    return new ScenarioFile(
        origin,
        nameOf(origin),
        Optional.empty(),
        List.of(new Problem(origin, 1, 1, false, message)));
  }
}
