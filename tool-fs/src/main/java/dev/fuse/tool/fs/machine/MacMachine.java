package dev.fuse.tool.fs.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** macOS, as its own programs tell it. */
public record MacMachine(Programs programs) implements Machine {

  private static final Duration MOST = Duration.ofMillis(800);
  private static final Pattern PAGES =
      Pattern.compile("Pages (free|inactive|speculative):\\s+(\\d+)");
  private static final Pattern PAGE_SIZE = Pattern.compile("page size of (\\d+)");
  private static final Pattern SWAP = Pattern.compile("(total|free) = ([\\d.]+)M");
  private static final Pattern NUMBER = Pattern.compile("[\\d.]+");

  @Override
  public String system() {
    return "macOS " + ask("sw_vers", "-productVersion").map(String::strip).orElse("");
  }

  @Override
  public Optional<Memory> memory() {
    return ask("sysctl", "-n", "hw.memsize")
        .map(size -> Long.parseLong(size.strip()))
        .map(
            total ->
                memory(
                    total,
                    ask("vm_stat").orElse(""),
                    ask("sysctl", "-n", "vm.swapusage").orElse("")));
  }

  public static Memory memory(long total, String vmStat, String swapUsage) {
    var size = PAGE_SIZE.matcher(vmStat);
    long page = size.find() ? Long.parseLong(size.group(1)) : 4096;
    long pages =
        PAGES.matcher(vmStat).results().mapToLong(found -> Long.parseLong(found.group(2))).sum();
    return new Memory(total, pages * page, swap(swapUsage, "total"), swap(swapUsage, "free"));
  }

  private static long swap(String usage, String which) {
    return SWAP.matcher(usage)
        .results()
        .filter(found -> found.group(1).equals(which))
        .mapToLong(found -> (long) (Double.parseDouble(found.group(2)) * 1024 * 1024))
        .findFirst()
        .orElse(0);
  }

  @Override
  public Optional<Load> load() {
    return ask("sysctl", "-n", "vm.loadavg")
        .map(text -> NUMBER.matcher(text).results().map(found -> found.group()).toList())
        .filter(numbers -> numbers.size() == 3)
        .map(
            numbers ->
                new Load(
                    Double.parseDouble(numbers.get(0)),
                    Double.parseDouble(numbers.get(1)),
                    Double.parseDouble(numbers.get(2))));
  }

  @Override
  public Optional<Long> killedForMemory() {
    return Optional.empty();
  }

  @Override
  public List<Listener> listening() {
    return ask("lsof", "-nP", "-iTCP", "-sTCP:LISTEN", "-Fpcn")
        .map(MacMachine::listening)
        .orElse(List.of());
  }

  /** Lines of one field each: {@code p} process, {@code c} command, {@code n} address and port. */
  public static List<Listener> listening(String fields) {
    var found = new ArrayList<Listener>();
    long pid = 0;
    var program = "";
    for (var line : fields.lines().filter(text -> !text.isEmpty()).toList()) {
      var value = line.substring(1);
      int colon = value.lastIndexOf(':');
      switch (line.charAt(0)) {
        case 'p' -> pid = Long.parseLong(value);
        case 'c' -> program = value;
        case 'n' -> {
          var address = value.substring(0, Math.max(0, colon));
          found.add(
              new Listener(
                  address, Integer.parseInt(value.substring(colon + 1)), pid, program, ""));
        }
        default -> {}
      }
    }
    return found.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Listener::port).thenComparing(Listener::address))
        .toList();
  }

  private Optional<String> ask(String program, String... arguments) {
    return programs.ask(MOST, program, arguments);
  }
}
