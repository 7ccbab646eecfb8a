package dev.fuse.cli.home;

import dev.fuse.cli.json.Json;
import java.io.IOException;
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

  private final List<Text> texts;

  /**
   * A file.
   *
   * @param contexts where the line of that key begins; -1 where there is none
   */
  private record Text(Bytes bytes, int contexts) {
    static Text of(Bytes bytes) {
      return new Text(bytes, bytes.lineStart("contexts:", 0));
    }
  }

  private KubeConfig(List<Text> texts) {
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
    return new KubeConfig(files.stream().map(KubeConfig::bytes).map(Text::of).toList());
  }

  /** The first file that names one decides. */
  Optional<String> currentContext() {
    return first(
        text ->
            isJson(text.bytes())
                ? json(text.bytes())
                    .map(json -> json.get("current-context"))
                    .flatMap(KubeConfig::name)
                : currentContext(text));
  }

  /** The namespace of a context; {@code default} where it names none, empty where there is none. */
  Optional<String> namespace(String context) {
    return first(
        text ->
            isJson(text.bytes())
                ? namespaceInJson(text.bytes(), context)
                : namespace(text.bytes(), text.contexts(), context));
  }

  private Optional<String> first(Function<Text, Optional<String>> find) {
    return texts.stream().flatMap(text -> find.apply(text).stream()).findFirst();
  }

  private static Optional<String> currentContext(Text text) {
    var key = "current-context:";
    // kubectl sorts the keys: it comes soon after the contexts, and long after the clusters.
    int after = text.contexts() < 0 ? -1 : text.bytes().lineStart(key, text.contexts());
    int at = after < 0 ? text.bytes().lineStart(key, 0) : after;
    return at < 0 ? Optional.empty() : value(text.bytes().line(at).substring(key.length()));
  }

  private static Optional<String> namespace(Bytes text, int list, String context) {
    if (list < 0 || context.isEmpty()) {
      return Optional.empty();
    }
    int dash = indent(text.line(text.lineAfter(list)));
    for (int hit = text.indexOf(context, list); hit >= 0; hit = text.indexOf(context, hit + 1)) {
      int at = text.lineOf(hit);
      if (names(text.line(at), dash, context)) {
        return isWithin(text, list, at)
            ? Optional.of(namespaceOfItem(text, at, dash))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether this line gives an item of the list this name. */
  private static boolean names(String line, int dash, String context) {
    int at = line.startsWith("- ", dash) ? dash + 2 : indent(line);
    return at == dash + 2
        && line.startsWith("name:", at)
        && value(line.substring(at + 5)).filter(context::equals).isPresent();
  }

  /** Whether no other top-level key stands between the list's first line and this one. */
  private static boolean isWithin(Bytes text, int list, int line) {
    for (int at = text.lineAfter(list); at < line; at = text.lineAfter(at)) {
      if (" -#\n\r".indexOf(text.at(at)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String namespaceOfItem(Bytes text, int named, int dash) {
    int first = named;
    while (first > 0 && !text.line(first).startsWith("- ", dash)) {
      first = text.lineOf(first - 1);
    }
    for (int at = first; at < text.length(); at = text.lineAfter(at)) {
      var line = text.line(at);
      int column = indent(line);
      boolean next = at != first && line.startsWith("- ", dash) && column == dash;
      if (next || (column < dash && !line.isBlank())) {
        break;
      }
      if (column > dash + 2 && line.startsWith("namespace:", column)) {
        return value(line.substring(column + 10)).orElse("default");
      }
    }
    return "default";
  }

  private static int indent(String line) {
    int at = 0;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static Optional<String> namespaceInJson(Bytes text, String context) {
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

  private static boolean isJson(Bytes text) {
    return text.length() > 0 && text.at(0) == '{';
  }

  private static Optional<Map<String, @Nullable Object>> json(Bytes text) {
    try {
      return Optional.of(Json.object(text.toString()));
    } catch (IOException _) {
      return Optional.empty();
    }
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

  private static Bytes bytes(Path file) {
    try {
      return new Bytes(Files.size(file) > LARGEST ? new byte[0] : Files.readAllBytes(file));
    } catch (IOException _) {
      // What is not there or cannot be read tells nothing.
      return new Bytes(new byte[0]);
    }
  }
}
