package dev.fuse.cli.home;

import dev.fuse.spi.Setting;
import dev.fuse.text.Spelling;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A key that the settings know.
 *
 * @param name dotted, kebab case
 * @param byDefault as it would be written; none where it has no default
 * @param choices what it may be; empty where that is open
 * @param project what a project's own file may do with it
 * @param secret whether its value is never shown
 */
public record SettingKey(
    String name,
    Form form,
    List<String> byDefault,
    List<String> choices,
    Project project,
    boolean secret,
    String description) {

  /** What a value is. */
  public enum Form {
    TEXT,
    /** A whole number above zero. */
    COUNT,
    DURATION,
    /** A list of texts. */
    LIST,
    /** A list of {@link StoredRule}s. */
    RULES,
    BOOLEAN,
    /** Any number. */
    NUMBER;

    /** Whether it holds several values. */
    public boolean several() {
      return this == LIST || this == RULES;
    }
  }

  /** What a project's file may do: only tighten. */
  public enum Project {
    /** Nothing. */
    NOTHING,
    /** Make a limit smaller. */
    LOWER,
    /** Add entries to a list. */
    ADD
  }

  public SettingKey {
    byDefault = List.copyOf(byDefault);
    choices = List.copyOf(choices);
  }

  static SettingKey of(String name, Form form, Project project, String description) {
    return new SettingKey(name, form, List.of(), List.of(), project, false, description);
  }

  SettingKey byDefault(String... values) {
    return new SettingKey(name, form, List.of(values), choices, project, secret, description);
  }

  SettingKey choices(String... values) {
    return new SettingKey(name, form, byDefault, List.of(values), project, secret, description);
  }

  SettingKey hidden() {
    return new SettingKey(name, form, byDefault, choices, project, true, description);
  }

  /** The key of a plugin's setting. */
  public static SettingKey of(String plugin, Setting setting) {
    var json = setting.value().json();
    var form =
        switch (String.valueOf(json.get("type"))) {
          case "array" -> Form.LIST;
          case "boolean" -> Form.BOOLEAN;
          case "integer", "number" -> Form.NUMBER;
          default -> Form.TEXT;
        };
    return new SettingKey(
        "plugins." + plugin + "." + setting.key(),
        form,
        texts(json.get("default")),
        texts(json.get("enum")),
        Project.NOTHING,
        Boolean.TRUE.equals(json.get("x-secret")),
        String.valueOf(json.getOrDefault("description", "")));
  }

  /** The environment variable that sets it. */
  public String variable() {
    return "FUSE_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * A value of this key: a text, {@link Long}, {@link Duration}, {@link StoredRule}, {@link
   * Boolean} or {@link Double}; one element of it for a list.
   *
   * @throws IllegalArgumentException with a sentence for a person if the text is none
   */
  public Object parse(String text) {
    if (!choices.isEmpty() && !choices.contains(text)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is none of "
              + String.join(", ", choices)
              + Spelling.didYouMean(text, choices));
    }
    return switch (form) {
      case TEXT, LIST -> text;
      case COUNT -> Quantity.count(text);
      case DURATION -> Quantity.duration(text);
      case RULES -> StoredRule.parse(text);
      case BOOLEAN -> truth(text);
      case NUMBER -> number(text);
    };
  }

  /** A value as it may be shown. */
  public String shown(List<String> values) {
    if (secret && !values.isEmpty()) {
      return "(set, not shown)";
    }
    return form.several() ? values.toString() : String.join(", ", values);
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    }
    return text.equals("true");
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'" + text + "' is not a number");
    }
  }

  private static List<String> texts(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list.stream().map(String::valueOf).toList();
      default -> List.of(value.toString());
    };
  }
}
