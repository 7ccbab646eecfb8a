package dev.fuse.tool.fs.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Linux, as {@code /proc} tells it. */
public record LinuxMachine(Path proc) implements Machine {

  private static final String LISTEN = "0A";

  @Override
  public String system() {
    var name =
        lines(Path.of("/etc/os-release")).stream()
            .filter(line -> line.startsWith("PRETTY_NAME="))
            .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
            .findFirst()
            .orElse("Linux");
    return name + ", kernel " + first(proc.resolve("sys/kernel/osrelease")).orElse("unknown");
  }

  @Override
  public Optional<Memory> memory() {
    var values = new HashMap<String, Long>();
    for (var line : lines(proc.resolve("meminfo"))) {
      var parts = line.split("[:\\s]+", -1);
      if (parts.length >= 2) {
        values.put(parts[0], Long.parseLong(parts[1]) * 1024);
      }
    }
    return Optional.ofNullable(values.get("MemTotal"))
        .map(
            total ->
                new Memory(
                    total,
                    values.getOrDefault("MemAvailable", values.getOrDefault("MemFree", 0L)),
                    values.getOrDefault("SwapTotal", 0L),
                    values.getOrDefault("SwapFree", 0L)));
  }

  @Override
  public Optional<Load> load() {
    return first(proc.resolve("loadavg"))
        .map(line -> line.split(" ", -1))
        .filter(parts -> parts.length > 2)
        .map(
            parts ->
                new Load(
                    Double.parseDouble(parts[0]),
                    Double.parseDouble(parts[1]),
                    Double.parseDouble(parts[2])));
  }

  @Override
  public Optional<Long> killedForMemory() {
    return lines(proc.resolve("vmstat")).stream()
        .filter(line -> line.startsWith("oom_kill "))
        .map(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
        .findFirst();
  }

  @Override
  public List<Listener> listening() {
    var sockets = new HashMap<String, Listener>();
    for (var table : List.of("net/tcp", "net/tcp6")) {
      lines(proc.resolve(table))
          .forEach(line -> socket(line).ifPresent(s -> sockets.put(s.inode, s.listener)));
    }
    var held = sockets.isEmpty() ? Map.<String, Listener>of() : holders(sockets);
    return sockets.entrySet().stream()
        .map(entry -> held.getOrDefault(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Listener::port).thenComparing(Listener::address))
        .toList();
  }

  private record Socket(String inode, Listener listener) {}

  private static Optional<Socket> socket(String line) {
    var parts = line.strip().split("\\s+", -1);
    if (parts.length < 10 || !parts[3].equals(LISTEN)) {
      return Optional.empty();
    }
    var local = parts[1].split(":", -1);
    var listener = new Listener(address(local[0]), Integer.parseInt(local[1], 16), 0, "", "");
    return Optional.of(new Socket(parts[9], listener));
  }

  /** Words of 32 bits, each with its last byte first. */
  public static String address(String hex) {
    var bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int at = (i / 4) * 4 + 3 - i % 4;
      bytes[at] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      return hex;
    }
  }

  private Map<String, Listener> holders(Map<String, Listener> sockets) {
    var held = new HashMap<String, Listener>();
    for (var process : processes()) {
      try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
        for (var descriptor : descriptors) {
          var inode = inode(descriptor);
          var listener = sockets.get(inode);
          if (listener != null) {
            held.putIfAbsent(inode, of(process, listener));
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Another user's process, or one that has ended.
      }
    }
    return held;
  }

  private static Listener of(Path process, Listener socket) {
    return new Listener(
        socket.address(),
        socket.port(),
        Long.parseLong(process.getFileName().toString()),
        first(process.resolve("comm")).orElse(""),
        link(process.resolve("cwd")));
  }

  private List<Path> processes() {
    var found = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(proc, "[0-9]*")) {
      all.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    return found;
  }

  private static String inode(Path descriptor) {
    var target = link(descriptor);
    return target.startsWith("socket:[") ? target.substring(8, target.length() - 1) : "";
  }

  private static String link(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<String> first(Path file) {
    return lines(file).stream().findFirst().map(String::strip);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
