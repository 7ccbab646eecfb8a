package dev.fuse.boundary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts and puts stable handles, {@code ⟦secret:db-password#3⟧}, in their
 * place. The values live in memory only: after a resume a handle is dead. All places in a text are
 * found before one of them is replaced, so that nothing that is known can hide what is not.
 */
public final class SecretVault {

  private static final Pattern HANDLE = Pattern.compile("⟦secret:[a-z0-9.-]{1,40}#\\d{1,9}⟧");

  /**
   * Characters of values that are looked for wherever they stand; later ones are masked in place.
   */
  private static final int ROOM = 400_000;

  /** Shorter values of tools would be found in the middle of innocent words. */
  private static final int SHORTEST = 6;

  /** How many values have a handle of their own; a text with more is not one of secrets. */
  private static final int MOST = 50_000;

  private final Map<String, String> handles = new HashMap<>();
  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> learnt = new HashSet<>();
  private final KnownValues known = new KnownValues();
  private int last;

  private record Entry(String value, String origin) {}

  /** Who a text comes from: what a tool gives teaches, what is said or asked does not. */
  private enum Trust {
    TOOL,
    WORDS
  }

  /** A vault that knows the values of the environment variables that look secret. */
  public static SecretVault of(Map<String, String> environment) {
    var vault = new SecretVault();
    environment.forEach(
        (name, value) -> {
          boolean folder = name.equals("PWD") || name.equals("OLDPWD");
          if (!folder
              && Names.secret(name)
              && value.length() >= 8
              && !Values.harmless(value)
              && !Values.number(value)) {
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
   * Remembers a value that is declared to be a secret, and masks it wherever it stands.
   *
   * @param name what it is, any text
   * @param origin where it was seen, for the person
   * @return its handle
   */
  public synchronized String hold(String name, String value, String origin) {
    var handle = handle(name, value, origin);
    if (value.strip().length() >= SHORTEST && !ordinary(value)) {
      learn(name, value, handle);
    }
    return handle;
  }

  /** The text of a tool with its secrets as handles; they are known from here on. */
  public String mask(String text, String origin) {
    return masked(text, origin, Trust.TOOL, false);
  }

  /** The same, with as many lines as before. */
  public String maskLines(String text, String origin) {
    return masked(text, origin, Trust.TOOL, true);
  }

  /** What the model or a person wrote: its secrets are masked in place, and nothing is learnt. */
  public String maskWords(String text, String origin) {
    return masked(text, origin, Trust.WORDS, false);
  }

  /** The same for JDK maps, lists and scalars; a value under a secret's name is masked whole. */
  public Object mask(Object value, String origin) {
    return StructuredMask.of(
        value, (text, spans) -> replaced(text, spans, origin, Trust.TOOL), this::places);
  }

  /** Arguments of a call as they may be shown; nothing is learnt from them. */
  public Object maskWords(Object value, String origin) {
    return StructuredMask.of(
        value, (text, spans) -> replaced(text, spans, origin, Trust.WORDS), this::places);
  }

  private String masked(String whole, String origin, Trust trust, boolean lines) {
    if (whole.isEmpty()) {
      return whole;
    }
    var places = places(whole);
    var text = whole.substring(0, places.reached());
    var spans = places.spans();
    if (trust == Trust.TOOL && !spans.isEmpty() && learn(text, spans, origin)) {
      spans = again(text, spans);
    }
    var masked = spans.isEmpty() ? text : replace(text, spans, origin, lines);
    return text.length() == whole.length()
        ? masked
        : masked + withheld(whole.length() - text.length());
  }

  /** Instead of what was not looked at. */
  static String withheld(int characters) {
    return String.format(
        Locale.ROOT,
        "%n(%,d characters withheld unread: too much to look through for secrets)%n",
        characters);
  }

  /** With what was learnt from the text itself. */
  private List<Span> again(String text, List<Span> spans) {
    var visible = Visible.of(text);
    var found = new Spans();
    synchronized (this) {
      known.find(visible.text(), found);
    }
    var whole = inWhole(visible, found.found());
    whole.addAll(spans);
    return mine(text, whole);
  }

  private String replaced(String text, List<Span> spans, String origin, Trust trust) {
    if (trust == Trust.TOOL) {
      learn(text, spans, origin);
    }
    return replace(text, spans, origin, false);
  }

  /** All that is to be masked in a text, of whatever kind, in order and without overlap. */
  Places places(String text) {
    var visible = Visible.of(text);
    var shapes = SecretFinder.found(visible.text(), 0);
    var found = new Spans();
    found.addAll(shapes.spans());
    synchronized (this) {
      known.find(visible.text(), found);
    }
    int reached =
        shapes.reached() == visible.text().length()
            ? text.length()
            : visible.place(shapes.reached());
    var spans = mine(text, inWhole(visible, found.found()));
    return new Places(spans.stream().filter(span -> span.end() <= reached).toList(), reached);
  }

  /** Places in a text, and how much of it was looked at. */
  record Places(List<Span> spans, int reached) {}

  private static Spans inWhole(Visible visible, List<Span> found) {
    var whole = new Spans();
    for (var span : found) {
      whole.add(visible.place(span.start()), visible.end(span.end()), span.name());
    }
    return whole;
  }

  private static List<Span> mine(String text, Spans spans) {
    return spans.united().stream().filter(span -> !isHandle(text, span)).toList();
  }

  /** A handle is no secret, nor is a part of one. */
  private static boolean isHandle(String text, Span span) {
    int open = span.start();
    while (open >= 0 && span.start() - open < 60 && text.charAt(open) != '⟦') {
      open--;
    }
    if (open < 0) {
      return false;
    }
    var matcher = HANDLE.matcher(text).region(open, Math.min(text.length(), open + 80));
    return matcher.lookingAt() && matcher.end() >= span.end();
  }

  private synchronized String replace(String text, List<Span> spans, String origin, boolean lines) {
    var result = new StringBuilder(text.length());
    int from = 0;
    for (var span : spans) {
      var value = text.substring(span.start(), span.end());
      result.append(text, from, span.start()).append(handle(span.name(), value, origin));
      if (lines) {
        value.chars().filter(c -> c == '\n').forEach(_ -> result.append('\n'));
      }
      from = span.end();
    }
    return result.append(text, from, text.length()).toString();
  }

  /** Whether something was learnt that may stand elsewhere in the same text. */
  private synchronized boolean learn(String text, List<Span> spans, String origin) {
    boolean more = false;
    for (var span : spans) {
      var value = text.substring(span.start(), span.end());
      if (Values.telling(value) && !value.contains("⟦")) {
        more |= learn(span.name(), value, handle(span.name(), value, origin));
      }
    }
    return more;
  }

  private boolean learn(String name, String value, String handle) {
    if (!learnt.add(value)) {
      return false;
    }
    boolean more = false;
    for (var form : forms(value)) {
      more |= known.add(form, name, ROOM);
      handles.putIfAbsent(form, handle);
    }
    return more;
  }

  private String handle(String name, String value, String origin) {
    var before = handles.get(value);
    if (before != null) {
      return before;
    }
    var kebab =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-+|-+$", "");
    var label = kebab.isEmpty() ? "value" : kebab.substring(0, Math.min(40, kebab.length()));
    if (entries.size() >= MOST) {
      return "⟦secret:" + label + "#0⟧";
    }
    var handle = "⟦secret:" + label + "#" + ++last + "⟧";
    entries.put(handle, new Entry(value, origin));
    handles.put(value, handle);
    return handle;
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

  /** An ordinary word is masked where its place gives it away, nowhere else. */
  private static boolean ordinary(String value) {
    boolean word = value.length() < 12 && value.chars().allMatch(Character::isLetter);
    return word || (value.length() < 8 && Values.number(value));
  }

  private static List<String> forms(String value) {
    var forms = new LinkedHashSet<String>();
    var bare = value.strip();
    forms.add(bare);
    forms.add(
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    forms.add(URLEncoder.encode(bare, StandardCharsets.UTF_8));
    forms.add(bare.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    var lines =
        new ArrayList<>(
            bare.lines()
                .map(String::strip)
                .filter(line -> line.length() >= 24 && !line.startsWith("---"))
                .limit(200)
                .toList());
    if (lines.size() > 1) {
      forms.addAll(lines);
    }
    forms.removeIf(form -> form.length() < SHORTEST);
    return List.copyOf(forms);
  }
}
