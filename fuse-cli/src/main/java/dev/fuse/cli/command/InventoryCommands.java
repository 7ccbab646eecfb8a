package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.json.Json;
import dev.fuse.inventory.World;
import dev.fuse.spi.InventorySource.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code fuse inventory}: the names that Fuse knows, where from and how old. */
final class InventoryCommands {

  private static final int SHOWN = 200;

  private InventoryCommands() {}

  static Command command() {
    return Command.group("inventory", "Show the names that Fuse knows in your world")
        .with(
            "list",
            "Show what is known of each system, and how old it is",
            "",
            InventoryCommands::list)
        .with("find", "Find where a name is", "NAME", InventoryCommands::find)
        .examples("find", "fuse inventory find checkout")
        .with("refresh", "List everything again", "", InventoryCommands::refresh);
  }

  private static ExitCode refresh(Given given, Workbench bench) {
    var inventory = bench.inventory();
    inventory.listNow(inventory.worlds().stream().map(World::system).collect(Collectors.toSet()));
    return list(given, bench);
  }

  private static ExitCode list(Given given, Workbench bench) {
    var rows = new ArrayList<List<String>>();
    var data = new ArrayList<Map<String, Object>>();
    for (var world : bench.inventory().worlds()) {
      var table = bench.inventory().table(world);
      var counts = new LinkedHashMap<String, Object>();
      table.ifPresent(
          it ->
              it.all(Integer.MAX_VALUE)
                  .forEach(item -> counts.merge(item.kind(), 1, (a, b) -> (int) a + (int) b)));
      var age = table.map(it -> age(it.listed())).orElse("not listed yet");
      var missing = table.map(it -> it.missing()).orElse(List.of());
      rows.add(
          List.of(
              world.system(),
              String.join(" ", world.values()),
              age,
              counts.entrySet().stream()
                  .map(it -> it.getValue() + " " + it.getKey())
                  .collect(Collectors.joining(", ")),
              String.join("; ", missing)));
      var one = new LinkedHashMap<String, Object>();
      one.put("system", world.system());
      one.put("world", world.values());
      one.put("listed", table.map(it -> it.listed().toString()).orElse(""));
      one.put("items", counts);
      one.put("missing", missing);
      data.add(one);
    }
    bench.data(
        given.json()
            ? Json.writeIndented(data)
            : Columns.of(List.of("SYSTEM", "WHICH", "AGE", "ITEMS", "NOT LISTED"), rows));
    return ExitCode.DONE;
  }

  private static ExitCode find(Given given, Workbench bench) {
    var name = given.word(0);
    var found = bench.inventory().find(name);
    var items = found.values().stream().flatMap(List::stream).limit(SHOWN).toList();
    if (given.json()) {
      bench.data(Json.writeIndented(items.stream().map(InventoryCommands::data).toList()));
    } else if (items.isEmpty()) {
      bench.note("nothing known is called '" + name + "'; fuse inventory refresh lists again");
    } else {
      var rows = new ArrayList<List<String>>();
      found.forEach((world, all) -> all.forEach(item -> rows.add(row(world, item))));
      bench.data(Columns.of(List.of("SYSTEM", "KIND", "WHERE", "NAME", "ALSO"), rows));
    }
    return items.isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static List<String> row(World world, Item item) {
    return List.of(
        world.system(),
        item.kind(),
        String.join("/", item.coordinates().values()),
        item.name(),
        String.join(", ", item.aliases()));
  }

  private static Map<String, Object> data(Item item) {
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", item.kind());
    data.put("name", item.name());
    data.put("coordinates", item.coordinates());
    data.put("aliases", item.aliases());
    data.put("links", item.links().stream().map(link -> link.kind() + "/" + link.name()).toList());
    data.put("details", item.details());
    return data;
  }

  private static String age(Instant listed) {
    long seconds = Math.max(0, Duration.between(listed, Instant.now()).toSeconds());
    return seconds < 120
        ? seconds + "s"
        : seconds < 7200 ? seconds / 60 + "m" : seconds / 3600 + "h";
  }
}
