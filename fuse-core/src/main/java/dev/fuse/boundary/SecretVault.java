package dev.fuse.boundary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts and puts stable handles, {@code ⟦secret:db-password#3⟧}, in their
 * place. The values live in memory only: after a resume a handle is dead.
 */
public final class SecretVault {

  private static final Pattern HANDLE = Pattern.compile("⟦secret:[a-z0-9.-]{1,40}#\\d{1,9}⟧");

  private static final Pattern WORD = Pattern.compile("[a-zA-Z]{1,11}|\\d{1,5}");

  /** Shorter values would be found in the middle of innocent words. */
  private static final int SHORTEST = 6;

  /** By value, the longest first, so that no value is replaced inside a longer one. */
  private final Map<String, String> handles =
      new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(v -> v));

  /** Values that are ordinary words: masked where their shape gives them away, nowhere else. */
  private final Map<String, String> words = new HashMap<>();

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private int last;

  private record Entry(String value, String origin) {}

  /** A vault that knows the values of the environment variables that look secret. */
  public static SecretVault of(Map<String, String> environment) {
    var vault = new SecretVault();
    environment.forEach(
        (name, value) -> {
          if (SecretShapes.secretName(name)
              && value.length() >= 8
              && !SecretShapes.harmless(value)) {
            vault.hold(name, value, "environment variable " + name);
          }
        });
    return vault;
  }

  /** Gives numbers after this one, so that no handle of a resumed conversation gets a new value. */
  public synchronized void numberAfter(int used) {
    last = Math.max(last, used);
  }

  /**
   * Remembers a value.
   *
   * @param name what it is, any text
   * @param origin where it was seen, for the person
   * @return its handle
   */
  public synchronized String hold(String name, String value, String origin) {
    var known = handles.getOrDefault(value, words.getOrDefault(value, ""));
    if (!known.isEmpty()) {
      return known;
    }
    var kebab =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-+|-+$", "");
    var label = kebab.isEmpty() ? "value" : kebab.substring(0, Math.min(40, kebab.length()));
    var handle = "⟦secret:" + label + "#" + ++last + "⟧";
    entries.put(handle, new Entry(value, origin));
    if (WORD.matcher(value).matches()) {
      words.put(value, handle);
      return handle;
    }
    for (var form : forms(value)) {
      handles.putIfAbsent(form, handle);
    }
    return handle;
  }

  /** The text with every known value, and everything that has a secret's shape, as handles. */
  public synchronized String mask(String text, String origin) {
    var known = masked(text);
    var found = SecretShapes.replace(known, (name, value) -> hold(name, value, origin));
    // What was found by its shape in one place may stand elsewhere without it.
    return found.equals(known) ? known : masked(found);
  }

  /** The same for JDK maps, lists and scalars; a value under a secret's name is masked whole. */
  public Object mask(Object value, String origin) {
    return switch (value) {
      case String text -> mask(text, origin);
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), item(key, item, origin)));
        yield copy;
      }
      case List<?> list -> list.stream().map(item -> mask(item, origin)).toList();
      default -> value;
    };
  }

  /** The handles in a text that this vault has a value for. */
  public Set<String> handlesIn(String text) {
    var found = new LinkedHashSet<String>();
    var matcher = HANDLE.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  public synchronized Optional<String> origin(String handle) {
    return Optional.ofNullable(entries.get(handle)).map(Entry::origin);
  }

  /** The text with its handles expanded; empty if one of them is dead. */
  public synchronized Optional<String> expand(String text) {
    var result = new StringBuilder();
    var matcher = HANDLE.matcher(text);
    while (matcher.find()) {
      var entry = entries.get(matcher.group());
      if (entry == null) {
        return Optional.empty();
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(entry.value()));
    }
    return Optional.of(matcher.appendTail(result).toString());
  }

  private Object item(Object key, Object item, String origin) {
    if (item instanceof String text
        && text.length() >= SHORTEST
        && SecretShapes.secretName(String.valueOf(key))
        && !SecretShapes.harmless(text)) {
      return hold(String.valueOf(key), text, origin);
    }
    return item == null ? "" : mask(item, origin);
  }

  private String masked(String text) {
    var result = text;
    for (var entry : handles.entrySet()) {
      if (result.contains(entry.getKey())) {
        result = result.replace(entry.getKey(), entry.getValue());
      }
    }
    return result;
  }

  private static Set<String> forms(String value) {
    var forms = new LinkedHashSet<String>();
    forms.add(value);
    forms.add(value.strip());
    forms.add(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
    forms.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    forms.removeIf(form -> form.length() < SHORTEST);
    return forms;
  }
}
