package dev.fuse.inventory;

import dev.fuse.spi.Facts;
import dev.fuse.spi.InventorySource.Item;
import dev.fuse.spi.InventorySource.ItemKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the things of worlds that a question names: the longest name first, common words only where
 * something says that a name is meant.
 */
final class Linker {

  private static final int MOST_MENTIONS = 4;
  private static final int MOST_LETTERS = 64 * 1024;
  private static final int MOST_WORDS = 1_500;

  /** Words of what a person wrote; what follows is taken for pasted output. */
  private static final int OF_A_PERSON = 60;

  private static final int LONGEST_NAME = 4;
  private static final int LONG_ENOUGH_TO_MISTYPE = 6;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@:/#+-]*");

  /** What controllers add to the name of what they make: hashes, ordinals, times. */
  private static final List<Pattern> SUFFIXES =
      List.of(
          Pattern.compile("-[a-z0-9]{8,10}-[a-z0-9]{5}$"),
          Pattern.compile("-\\d{8,10}(-[a-z0-9]{5})?$"),
          Pattern.compile("-[a-z0-9]{5}$"),
          Pattern.compile("-\\d{1,4}$"));

  private final Map<World, NameTable> tables;
  private final Facts facts;
  private final Map<String, String> pins;
  private final Set<String> common;

  Linker(Map<World, NameTable> tables, Facts facts, Map<String, String> pins, Set<String> common) {
    this.tables = Map.copyOf(tables);
    this.facts = facts;
    this.pins = Map.copyOf(pins);
    this.common = common;
  }

  /** A word or several, where they stand. */
  private record Span(int from, int to, String text, String kind, boolean sure) {}

  /** An item of a world. */
  private record Found(World world, Item item) {}

  List<Mention> mentions(String question) {
    var words = words(question);
    var taken = new BitSet();
    var mentions = new ArrayList<Mention>();
    var known = new LinkedHashSet<Item>();
    for (var span : spans(words)) {
      if (mentions.size() >= MOST_MENTIONS) {
        break;
      }
      if (taken.get(span.from(), span.to()).isEmpty()) {
        mention(span, words)
            .ifPresent(
                mention -> {
                  taken.set(span.from(), span.to());
                  if (known.add(mention.item())) {
                    mentions.add(mention);
                  }
                });
      }
    }
    mentions.sort(Comparator.comparing((Mention it) -> it.parameters().get("name") == null));
    return mentions;
  }

  private static List<String> words(String question) {
    var looked = question.substring(0, Math.min(question.length(), MOST_LETTERS));
    return WORD.matcher(looked)
        .results()
        .map(match -> match.group().replaceFirst("[.:/#+-]+$", ""))
        .filter(word -> !word.isEmpty())
        .limit(MOST_WORDS)
        .toList();
  }

  /** Several words before one, and what a person wrote before what was pasted. */
  private static List<Span> spans(List<String> words) {
    var spans = new ArrayList<Span>();
    int own = Math.min(words.size(), OF_A_PERSON);
    for (int length = LONGEST_NAME; length > 1; length--) {
      for (int from = 0; from + length <= own; from++) {
        var part = words.subList(from, from + length);
        spans.add(new Span(from, from + length, String.join(" ", part), "", true));
        spans.add(new Span(from, from + length, String.join("-", part), "", true));
      }
    }
    for (int i = 0; i < words.size(); i++) {
      spans.addAll(single(words.get(i), i));
    }
    return spans;
  }

  /** A word as it stands, and what a path, an address or {@code kind/name} holds. */
  private static List<Span> single(String word, int at) {
    var spans = new ArrayList<Span>();
    var bare = word.replaceFirst("^[a-z][a-z0-9+.-]*://", "");
    spans.add(new Span(at, at + 1, bare, "", !bare.equals(word)));
    int slash = bare.indexOf('/');
    if (slash > 0) {
      var before = bare.substring(0, slash);
      var after = bare.substring(slash + 1);
      spans.add(new Span(at, at + 1, after, before.toLowerCase(Locale.ROOT), true));
      spans.add(new Span(at, at + 1, before.replaceFirst(":\\d+$", ""), "", before.contains(".")));
    } else if (bare.indexOf(':') > 0) {
      spans.add(new Span(at, at + 1, bare.substring(0, bare.indexOf(':')), "", bare.contains(".")));
    }
    return spans;
  }

  private Optional<Mention> mention(Span span, List<String> words) {
    boolean pasted = span.from() >= OF_A_PERSON;
    if (span.text().length() < 2 || (pasted && !distinctive(span.text()))) {
      return Optional.empty();
    }
    boolean single = span.to() == span.from() + 1;
    for (var name : single ? forms(span.text()) : List.of(span.text())) {
      var found = found(name);
      if (!found.isEmpty()) {
        return chosen(span, words, found, false);
      }
    }
    return pasted
            || !single
            || span.text().length() < LONG_ENOUGH_TO_MISTYPE
            || isCommon(span.text())
        ? Optional.empty()
        : mistyped(span, words);
  }

  private Optional<Mention> mistyped(Span span, List<String> words) {
    var near = new LinkedHashSet<String>();
    tables.values().forEach(table -> near.addAll(table.near(span.text())));
    near.removeIf(this::isCommon);
    return near.size() == 1
        ? chosen(span, words, found(near.iterator().next()), true)
        : Optional.empty();
  }

  /** As it stands, then without what controllers add. */
  private static List<String> forms(String name) {
    var forms = new ArrayList<String>(List.of(name));
    for (var suffix : SUFFIXES) {
      var shorter = suffix.matcher(name).replaceFirst("");
      if (!shorter.equals(name) && shorter.length() > 2) {
        forms.add(shorter);
      }
    }
    return forms;
  }

  private List<Found> found(String name) {
    var found = new ArrayList<Found>();
    tables.forEach(
        (world, table) -> table.find(name).forEach(it -> found.add(new Found(world, it))));
    return found;
  }

  private Optional<Mention> chosen(
      Span span, List<String> words, List<Found> found, boolean corrected) {
    var counted = found.stream().filter(it -> counts(span, words, it)).toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    var place = place(words);
    var best =
        counted.stream()
            .max(Comparator.comparingDouble(it -> weight(span, words, place, it)))
            .orElseThrow();
    var same =
        counted.stream()
            .filter(it -> it.item().kind().equals(best.item().kind()))
            .filter(it -> !it.item().coordinates().equals(best.item().coordinates()))
            .map(it -> String.join("/", it.item().coordinates().values()))
            .distinct()
            .limit(3)
            .toList();
    return Optional.of(new Mention(best.world(), best.item(), span.text(), same, corrected));
  }

  /** A common word only counts where the person pinned its world, or a kind stands beside it. */
  private boolean counts(Span span, List<String> words, Found found) {
    if (!span.kind().isEmpty() && hasKind(found, span.kind())) {
      return true;
    }
    if (kindBeside(span, words, found)) {
      return true;
    }
    var text = span.text().toLowerCase(Locale.ROOT);
    if (Common.EMPTY.contains(text) || text.length() < 3) {
      return false;
    }
    return !isCommon(text) || pinned(found.world());
  }

  private double weight(Span span, List<String> words, Optional<String> place, Found found) {
    var kinds = found.world().spec().kinds();
    double weight = found.item().name().equalsIgnoreCase(span.text()) ? 2 : 0;
    weight += !span.kind().isEmpty() && hasKind(found, span.kind()) ? 8 : 0;
    weight += kindBeside(span, words, found) ? 8 : 0;
    for (var value : found.item().coordinates().values()) {
      weight += place.filter(value::equals).isPresent() ? 6 : 0;
      weight += pins.containsValue(value) ? 5 : 0;
      weight += facts.values().containsValue(value) ? 3 : 0;
    }
    for (int i = 0; i < kinds.size(); i++) {
      weight -= kinds.get(i).name().equals(found.item().kind()) ? i / 100.0 : 0;
    }
    return weight;
  }

  /** The place that the question names: "in namespace shop", "in shop". */
  private static Optional<String> place(List<String> words) {
    for (int i = 0; i + 1 < Math.min(words.size(), OF_A_PERSON); i++) {
      if (words.get(i).equalsIgnoreCase("namespace") || words.get(i).equals("-n")) {
        return Optional.of(words.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static boolean kindBeside(Span span, List<String> words, Found found) {
    return (span.from() > 0 && hasKind(found, words.get(span.from() - 1)))
        || (span.to() < words.size() && hasKind(found, words.get(span.to())));
  }

  private static boolean hasKind(Found found, String word) {
    var plain = word.toLowerCase(Locale.ROOT);
    return found.world().spec().kinds().stream()
        .filter(kind -> kind.name().equals(found.item().kind()))
        .anyMatch(kind -> isKind(kind, plain));
  }

  private static boolean isKind(ItemKind kind, String word) {
    return kind.name().equalsIgnoreCase(word)
        || kind.words().stream()
            .anyMatch(it -> it.equals(word) || (it + "s").equals(word) || (it + "es").equals(word));
  }

  private boolean pinned(World world) {
    return pins.values().stream().anyMatch(value -> world.values().contains(value))
        || (world.spec().world().contains("kube-context") && pins.containsKey("namespace"));
  }

  private boolean isCommon(String text) {
    return common.contains(text.toLowerCase(Locale.ROOT))
        || text.chars().allMatch(Character::isDigit);
  }

  private static boolean distinctive(String text) {
    return text.length() > 4 && text.chars().anyMatch(c -> c == '-' || c == '.' || c == '/');
  }
}
