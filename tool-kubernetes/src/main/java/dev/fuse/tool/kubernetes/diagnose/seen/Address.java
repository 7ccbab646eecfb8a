package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.tool.kubernetes.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host that a container is told to reach.
 *
 * @param from where it stands, such as {@code variable DATABASE_URL}
 * @param port empty where none is named
 */
public record Address(String from, String host, String port) {

  private static final String NAME = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
  private static final String HOST = NAME + "(?:\\." + NAME + ")*";
  private static final Pattern URL =
      Pattern.compile("\\b[a-z][a-z0-9+.-]*://(?:[^@/\\s]*@)?(" + HOST + ")(?::(\\d{1,5}))?");
  private static final Pattern PAIR =
      Pattern.compile("(?:^|[\\s,=@(\"'])(" + HOST + "):(\\d{2,5})(?![\\d.:])");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:\\bnc\\b(?: -\\w+)*|-h|--host[= ]|nslookup|getent hosts|wait-for(?:-it)?(?:\\.sh)?"
              + "|ping(?: -\\w+ \\d+)?) +("
              + HOST
              + ")(?:[ :](?:-p )?(\\d{2,5}))?");
  private static final Pattern NUMBER = Pattern.compile("[\\d.]+");
  private static final Pattern HOST_NAME =
      Pattern.compile("(?i).*(HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT|SERVICE|UPSTREAM)$");

  /** Those in the environment, command and arguments of a container. */
  public static List<Address> of(Json container) {
    var found = new ArrayList<Address>();
    for (var entry : container.list("env")) {
      var from = "variable " + entry.text("name");
      var value = entry.text("value").strip();
      in(from, value, found, URL, PAIR);
      boolean bare =
          HOST_NAME.matcher(entry.text("name")).matches() && value.matches(HOST) && named(value);
      if (bare) {
        found.add(new Address(from, value, ""));
      }
    }
    var words = new ArrayList<>(container.texts("command"));
    words.addAll(container.texts("args"));
    in("its command", String.join(" ", words), found, URL, COMMAND);
    return found;
  }

  private static void in(String from, String text, List<Address> found, Pattern... patterns) {
    for (var pattern : patterns) {
      var match = pattern.matcher(text);
      while (match.find()) {
        add(from, match, found);
      }
    }
  }

  private static void add(String from, Matcher match, List<Address> found) {
    var port = match.group(2) == null ? "" : match.group(2);
    if (named(match.group(1)) && found.stream().noneMatch(o -> o.host.equals(match.group(1)))) {
      found.add(new Address(from, match.group(1), port));
    }
  }

  private static boolean named(String host) {
    return !NUMBER.matcher(host).matches() && !host.equals("localhost");
  }

  public String service() {
    return host.split("\\.", -1)[0];
  }

  /**
   * The namespace that the host names; empty where the host is not one of this cluster.
   *
   * @param own the namespace of the pod
   */
  public Optional<String> namespace(String own, List<String> namespaces) {
    var parts = host.split("\\.", -1);
    if (parts.length == 1) {
      return Optional.of(own);
    }
    boolean local = (parts.length > 2 && parts[2].equals("svc")) || host.endsWith(".cluster.local");
    boolean known = parts.length == 2 && namespaces.contains(parts[1]);
    return local || known ? Optional.of(parts[1]) : Optional.empty();
  }
}
