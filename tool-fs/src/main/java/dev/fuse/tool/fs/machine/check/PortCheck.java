package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.machine.Listener;
import dev.fuse.tool.fs.machine.Machine;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether ports that the question names or the project wants are taken. */
record PortCheck(Place place, Machine machine, String question) implements MachineCheck {

  private static final Pattern ASKED =
      Pattern.compile(
          "(?i)(?:port\\D{0,12}|:)(\\d{2,5})\\b|\\b(\\d{4,5})\\b(?= (?:is |already )*(?:in"
              + " use|taken|busy))");
  private static final Pattern REFUSED =
      Pattern.compile("(?i)refused|ECONNREFUSED|::1|ipv6|cannot connect|can.t reach|not reach");
  private static final Pattern PUBLISHED =
      Pattern.compile(
          "^\\s*-\\s*[\"']?(?:[\\d.]+:)?(\\d{2,5}):\\d{2,5}(?:/tcp)?[\"']?\\s*$",
          Pattern.MULTILINE);
  private static final Pattern SERVER_PORT =
      Pattern.compile("^server\\.port\\s*[=:]\\s*(\\d{2,5})", Pattern.MULTILINE);
  private static final Map<String, Pattern> FILES =
      Map.of(
          "compose.yaml", PUBLISHED,
          "compose.yml", PUBLISHED,
          "docker-compose.yml", PUBLISHED,
          "docker-compose.yaml", PUBLISHED,
          "src/main/resources/application.properties", SERVER_PORT);

  @Override
  public String name() {
    return "ports";
  }

  @Override
  public List<Finding> findings() {
    var asked = ports(ASKED, question);
    var wanted = wanted();
    if (asked.isEmpty() && wanted.isEmpty()) {
      return List.of();
    }
    return findings(asked, wanted, machine.listening());
  }

  private List<Finding> findings(
      List<Integer> asked, Map<Integer, String> wanted, List<Listener> all) {
    var found = new ArrayList<Finding>();
    for (int port : asked) {
      var holders = all.stream().filter(one -> one.port() == port).toList();
      if (holders.isEmpty()) {
        found.add(Finding.info("port " + port, "nothing is listening on TCP port " + port));
      } else {
        found.add(
            REFUSED.matcher(question).find()
                ? refused(port, holders)
                : taken(holders.getFirst(), "the question names it"));
      }
    }
    wanted.forEach(
        (port, file) ->
            all.stream()
                .filter(one -> one.port() == port && !asked.contains(port) && !own(one))
                .findFirst()
                .ifPresent(one -> found.add(taken(one, file + " publishes it"))));
    return found;
  }

  /** The project's own service is meant to hold its port. */
  private boolean own(Listener listener) {
    return listener.program().startsWith("docker-proxy")
        || (!listener.directory().isEmpty()
            && Path.of(listener.directory()).startsWith(place.directory()));
  }

  /** A connection that was refused although something listens: on another address. */
  private Finding refused(int port, List<Listener> holders) {
    var first = holders.getFirst();
    var addresses = holders.stream().map(Listener::address).distinct().toList();
    boolean six = question.contains("::1") || question.contains("[::");
    boolean only4 = addresses.stream().noneMatch(one -> one.contains(":"));
    boolean loopback = addresses.stream().allMatch(one -> one.matches("127\\..*|0:0:0:0:0:0:0:1"));
    var where = String.join(", ", addresses);
    var seen = "%s listens on port %d at %s only".formatted(first.holder(), port, where);
    if (six && only4) {
      return Finding.error(
          "port " + port,
          seen + "; nothing listens on [::1]:" + port + " (IPv6)",
          "the client takes localhost to be ::1 (Node 17 and later), and the server has an IPv4"
              + " address only",
          "use 127.0.0.1:" + port + " in the address, or let the server listen on :: (localhost)");
    }
    if (!only4 && loopback && addresses.stream().noneMatch(one -> one.startsWith("127."))) {
      return Finding.error(
          "port " + port,
          seen + "; nothing listens on 127.0.0.1:" + port + " (IPv4)",
          "the client asks the IPv4 address and the server has the IPv6 one ::1 only",
          "use [::1]:" + port + " in the address, or let the server listen on 0.0.0.0");
    }
    return Finding.warning(
        "port " + port,
        seen,
        loopback
            ? "it listens on this machine's own address: other machines and containers are refused"
            : "the port answers; the client asks another address or a firewall refuses",
        loopback
            ? "let it listen on 0.0.0.0, or ask it from this machine by " + where
            : "compare the address that the client asks with " + where);
  }

  private static Finding taken(Listener listener, String why) {
    return Finding.warning(
        "port " + listener.port(),
        "%s listens on %s:%d; %s"
            .formatted(listener.holder(), listener.address(), listener.port(), why),
        "whoever else wants this port gets \"Address already in use\"",
        listener.pid() == 0
            ? "see who with 'sudo lsof -i :" + listener.port() + "'"
            : "end pid " + listener.pid() + ", or use another port");
  }

  private Map<Integer, String> wanted() {
    var wanted = new LinkedHashMap<Integer, String>();
    FILES.forEach(
        (name, pattern) -> {
          var file = place.directory().resolve(name);
          try {
            if (Content.attributes(file)
                .filter(found -> found.isRegularFile() && found.size() < 1 << 20)
                .isPresent()) {
              var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
              ports(pattern, text).forEach(port -> wanted.putIfAbsent(port, name));
            }
          } catch (IOException unreadable) {
            // What may not be read asks for nothing.
          }
        });
    return wanted;
  }

  private static List<Integer> ports(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .map(Integer::parseInt)
        .filter(port -> port > 0 && port < 65536)
        .distinct()
        .toList();
  }
}
