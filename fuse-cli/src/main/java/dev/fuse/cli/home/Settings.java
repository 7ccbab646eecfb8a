package dev.fuse.cli.home;

import dev.fuse.agent.Limits;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.home.SettingKey.Project;
import dev.fuse.rule.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of all keys: flags, then the environment, then a trusted project's file, which can
 * only tighten, then the person's file, then the defaults.
 */
public final class Settings {

  private final Environment environment;
  private final SettingKeys keys;
  private final Map<String, List<Entry>> entries;
  private final List<String> notes;

  /** Where a value comes from; the earlier constant wins. */
  public enum Layer {
    FLAG,
    ENVIRONMENT,
    PROJECT,
    PERSON,
    DEFAULT
  }

  /**
   * What one layer says about a key.
   *
   * @param places where each value stands: a flag, a variable, or file, line and column
   */
  public record Entry(Layer layer, List<String> values, List<String> places) {
    public Entry {
      values = List.copyOf(values);
      places = List.copyOf(places);
    }
  }

  /**
   * How a key came to its value.
   *
   * @param value as it may be shown
   * @param decided the layers that made it
   * @param overridden the layers that had something else to say
   */
  public record Explanation(
      SettingKey key, String value, List<Entry> decided, List<Entry> overridden) {}

  /** A rule of the permissions and where it stands. */
  public record PlacedRule(StoredRule stored, String place) {
    public Rule rule() {
      return stored.rule();
    }

    /** Where it stands, and why it exists. */
    public String reason() {
      return stored.because().isEmpty() ? place : place + ": " + stored.because();
    }
  }

  Settings(
      Environment environment,
      SettingKeys keys,
      Map<String, List<Entry>> entries,
      List<String> notes) {
    this.environment = environment;
    this.keys = keys;
    this.entries = entries;
    this.notes = List.copyOf(notes);
  }

  /**
   * Reads all layers.
   *
   * @throws FuseException of kind INVALID, or USAGE for a flag, with the place of what is wrong
   */
  public static Settings read(SettingSources sources) {
    return new SettingLayers(sources).read();
  }

  /** What the person should know: a value that a project may not set, a missing plugin. */
  public List<String> notes() {
    return notes;
  }

  public SettingKeys keys() {
    return keys;
  }

  /** The value as a text; empty where nothing sets it. */
  public Optional<String> find(String name) {
    return values(key(name)).stream().findFirst();
  }

  /** The value of a key that has a default. */
  public String text(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " has no default"));
  }

  public Optional<Integer> findCount(String name) {
    return find(name)
        .map(text -> Math.toIntExact(Math.min(Integer.MAX_VALUE, Quantity.count(text))));
  }

  public int count(String name) {
    return findCount(name).orElseThrow();
  }

  public Duration duration(String name) {
    return Quantity.duration(text(name));
  }

  public List<String> list(String name) {
    return values(key(name));
  }

  /** The rules of {@code permissions.allow}, {@code .ask} or {@code .deny}. */
  public List<PlacedRule> permissions(String name) {
    return storedPermissions(name).stream()
        .filter(placed -> !placed.stored().expired(Instant.now()))
        .toList();
  }

  /** The same with those that have expired. */
  public List<PlacedRule> storedPermissions(String name) {
    return counting(key("permissions." + name)).stream().flatMap(Settings::placed).toList();
  }

  /** What a plugin is told for one of its own keys. */
  public Optional<String> plugin(String plugin, String setting) {
    return keys.find("plugins." + plugin + "." + setting)
        .map(this::values)
        .filter(values -> !values.isEmpty())
        .map(values -> String.join(",", values));
  }

  public Limits limits() {
    return new Limits(
        count("limits.max-turns"),
        duration("limits.timeout"),
        duration("limits.tool-timeout"),
        count("limits.result-tokens"),
        duration("limits.evidence-local"),
        duration("limits.evidence-remote"));
  }

  /**
   * How a key came to its value.
   *
   * @throws FuseException of kind USAGE if there is no such key
   */
  public Explanation explain(String name) {
    var key = known(name);
    var counting = counting(key);
    var rest = layers(key).stream().filter(entry -> !counting.contains(entry)).toList();
    return new Explanation(key, key.shown(values(key)), shown(key, counting), shown(key, rest));
  }

  /**
   * The key of that name.
   *
   * @throws FuseException of kind USAGE if there is none
   */
  public SettingKey known(String name) {
    return keys.find(name)
        .orElseThrow(
            () ->
                new FuseException(
                    FuseException.Kind.USAGE,
                    "unknown key '" + name + "'" + keys.didYouMean(name),
                    "'fuse config view' lists the keys"));
  }

  /** Whether a variable of that name sets one of the settings. */
  public static boolean sets(String variable) {
    return SettingLayers.sets(variable);
  }

  /** {@code FUSE_} variables that set nothing, each in a sentence. */
  public List<String> unknownVariables() {
    return SettingLayers.unknownVariables(environment, keys);
  }

  private static List<Entry> shown(SettingKey key, List<Entry> entries) {
    if (!key.secret()) {
      return entries;
    }
    return entries.stream()
        .map(entry -> new Entry(entry.layer(), List.of(key.shown(entry.values())), entry.places()))
        .toList();
  }

  private SettingKey key(String name) {
    return keys.find(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  private List<String> values(SettingKey key) {
    return counting(key).stream().flatMap(entry -> entry.values().stream()).distinct().toList();
  }

  /** The layers whose values count together: one, except for lists that add up. */
  private List<Entry> counting(SettingKey key) {
    var layers = layers(key);
    if (key.form() == SettingKey.Form.RULES) {
      return layers;
    }
    var first = layers.stream().filter(entry -> entry.layer() != Layer.PROJECT).limit(1).toList();
    var project = layers.stream().filter(entry -> entry.layer() == Layer.PROJECT).toList();
    if (project.isEmpty()) {
      return first;
    }
    if (key.project() == Project.ADD) {
      return Stream.concat(first.stream(), project.stream()).toList();
    }
    boolean outranked =
        first.stream().anyMatch(entry -> entry.layer().compareTo(Layer.PROJECT) < 0);
    return outranked ? first : lowest(key, first, project);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<Entry> lowest(SettingKey key, List<Entry> first, List<Entry> project) {
    return Stream.concat(first.stream(), project.stream())
        .min(Comparator.comparing(entry -> (Comparable) key.parse(entry.values().getFirst())))
        .stream()
        .toList();
  }

  private List<Entry> layers(SettingKey key) {
    var layers = new ArrayList<>(entries.getOrDefault(key.name(), List.of()));
    if (!key.byDefault().isEmpty()) {
      var place = java.util.Collections.nCopies(key.byDefault().size(), "default");
      layers.add(new Entry(Layer.DEFAULT, key.byDefault(), place));
    }
    return layers;
  }

  private static Stream<PlacedRule> placed(Entry entry) {
    var rules = new ArrayList<PlacedRule>();
    for (int i = 0; i < entry.values().size(); i++) {
      rules.add(new PlacedRule(StoredRule.parse(entry.values().get(i)), entry.places().get(i)));
    }
    return rules.stream();
  }
}
