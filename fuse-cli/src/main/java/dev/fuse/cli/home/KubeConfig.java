package dev.fuse.cli.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The current context and its namespace, found in kubeconfig files without parsing them: those with
 * hundreds of clusters hold megabytes of certificates. A file that is written otherwise than
 * kubectl and the clouds' tools write it tells nothing.
 */
final class KubeConfig {

  private static final long LARGEST = 64 << 20;

  private final List<String> texts;

  private KubeConfig(List<String> texts) {
    this.texts = texts;
  }

  /** The files that kubectl would read: those of {@code KUBECONFIG}, or {@code ~/.kube/config}. */
  static KubeConfig of(Environment environment) {
    var files =
        environment
            .find("KUBECONFIG")
            .map(list -> Arrays.stream(list.split(":", -1)).filter(name -> !name.isBlank()))
            .map(names -> names.map(environment::path).toList())
            .or(() -> environment.home().map(home -> List.of(home.resolve(".kube/config"))))
            .orElse(List.of());
    return new KubeConfig(files.stream().map(KubeConfig::text).toList());
  }

  /** The first file that names one decides. */
  Optional<String> currentContext() {
    return first(
        text ->
            isJson(text)
                ? json(text).map(json -> json.get("current-context")).flatMap(KubeConfig::name)
                : topLevel(text, "current-context"));
  }

  /** The namespace of a context; {@code default} where it names none, empty where there is none. */
  Optional<String> namespace(String context) {
    return first(text -> isJson(text) ? namespaceInJson(text, context) : namespace(text, context));
  }

  private <T> Optional<T> first(Function<String, Optional<T>> find) {
    return texts.stream().flatMap(text -> find.apply(text).stream()).findFirst();
  }

  private static Optional<String> topLevel(String text, String key) {
    int at = lineStart(text, key + ":");
    return at < 0 ? Optional.empty() : value(line(text, at).substring(key.length() + 1));
  }

  /** Where a line begins with this; -1 if none does. */
  private static int lineStart(String text, String start) {
    int at = text.startsWith(start) ? 0 : text.indexOf("\n" + start);
    return at <= 0 ? at : at + 1;
  }

  private static Optional<String> namespace(String text, String context) {
    int at = lineStart(text, "contexts:");
    if (at < 0) {
      return Optional.empty();
    }
    var item = new Item();
    for (int next = text.indexOf('\n', at); next >= 0; next = text.indexOf('\n', next + 1)) {
      var line = line(text, next + 1);
      if (!line.isEmpty() && " -#\r\t".indexOf(line.charAt(0)) < 0) {
        break;
      }
      if (item.begins(line) && item.isNamed(context)) {
        break;
      }
      item.read(line);
    }
    return item.isNamed(context) ? Optional.of(item.namespace) : Optional.empty();
  }

  /** One entry of the list of contexts, line by line. */
  private static final class Item {
    private int column = -1;
    private String name = "";
    private String namespace = "default";

    /** Whether this line begins the next one. */
    boolean begins(String line) {
      int dash = indent(line);
      return line.startsWith("- ", dash) && (column < 0 || dash + 2 <= column);
    }

    void read(String line) {
      int at = indent(line);
      if (begins(line)) {
        name = "";
        namespace = "default";
        at += 2 + indent(line.substring(at + 2));
        column = at;
      }
      if (at == column && line.startsWith("name:", at)) {
        name = value(line.substring(at + 5)).orElse("");
      }
      if (at > column && line.startsWith("namespace:", at)) {
        namespace = value(line.substring(at + 10)).orElse("default");
      }
    }

    boolean isNamed(String context) {
      return name.equals(context);
    }

    private static int indent(String line) {
      int at = 0;
      while (at < line.length() && line.charAt(at) == ' ') {
        at++;
      }
      return at;
    }
  }

  private static Optional<String> namespaceInJson(String text, String context) {
    var contexts = json(text).map(json -> json.get("contexts")).orElse(List.of());
    for (var item : contexts instanceof List<?> list ? list : List.of()) {
      if (item instanceof Map<?, ?> map
          && context.equals(map.get("name"))
          && map.get("context") instanceof Map<?, ?> inner) {
        return Optional.of(name(inner.get("namespace")).orElse("default"));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> name(@Nullable Object value) {
    return Optional.ofNullable(value).map(String::valueOf).filter(text -> !text.isBlank());
  }

  private static boolean isJson(String text) {
    return text.startsWith("{");
  }

  private static Optional<Map<String, @Nullable Object>> json(String text) {
    try {
      return Optional.of(Json.object(text));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String line(String text, int from) {
    int end = text.indexOf('\n', from);
    return text.substring(from, end < 0 ? text.length() : end);
  }

  /** A scalar without quotes and comment. */
  private static Optional<String> value(String rest) {
    var text = rest.strip();
    if (text.startsWith("\"") || text.startsWith("'")) {
      int end = text.indexOf(text.charAt(0), 1);
      return name(end < 0 ? "" : text.substring(1, end));
    }
    int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
    var plain = comment < 0 ? text : text.substring(0, comment).strip();
    return plain.equals("null") || plain.equals("~") ? Optional.empty() : name(plain);
  }

  private static String text(Path file) {
    try {
      return Files.size(file) > LARGEST
          ? ""
          : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      // What is not there or cannot be read tells nothing.
      return "";
    }
  }
}
