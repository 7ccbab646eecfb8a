package dev.fuse.inventory;

import dev.fuse.spi.Facts;
import dev.fuse.spi.InventorySource.Item;
import dev.fuse.spi.InventorySource.Listing;
import dev.fuse.spi.InventorySource.Query;
import dev.fuse.spi.InventorySource.Spec;
import dev.fuse.spi.ToolFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The names of the worlds that can be reached from here: kept in files, listed anew beside an
 * answer. A source that fails costs nothing but its names. Safe for use by several threads.
 */
public final class Inventory {

  /** The most items of one world. */
  public static final int MOST = 100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration FRESH = Duration.ofSeconds(20);
  private static final Duration FRESH_HERE = Duration.ofMinutes(5);

  private final List<World> worlds;
  private final NameFiles files;
  private final Lister lister;
  private final Predicate<String> harmless;
  private final Clock clock;
  private final Map<World, Optional<NameTable>> tables = new ConcurrentHashMap<>();
  private final Map<World, CompletableFuture<NameTable>> listings = new ConcurrentHashMap<>();
  private final Set<CompletableFuture<NameTable>> begun = ConcurrentHashMap.newKeySet();

  /** Asks the source of a specification. */
  @FunctionalInterface
  public interface Lister {
    /**
     * What there is.
     *
     * @throws ToolFailure if nothing can be listed
     */
    Listing list(Spec spec, Query query);
  }

  /**
   * An inventory.
   *
   * @param folder where it is kept
   * @param harmless whether a name may be kept: not one that is a secret
   */
  public Inventory(
      Optional<Path> folder,
      List<World> worlds,
      Lister lister,
      Predicate<String> harmless,
      Clock clock) {
    this.files = new NameFiles(folder);
    this.worlds = List.copyOf(worlds);
    this.lister = lister;
    this.harmless = harmless;
    this.clock = clock;
  }

  public List<World> worlds() {
    return worlds;
  }

  /** What is known of a world, whatever its age. */
  public Optional<NameTable> table(World world) {
    return tables.computeIfAbsent(world, files::find);
  }

  /** Lists in the background what is cold or no longer fresh of these systems. */
  public void refresh(Set<String> systems) {
    worlds.stream()
        .filter(world -> systems.contains(world.system()))
        .filter(world -> !isFresh(world))
        .toList()
        .forEach(world -> begun.add(listing(world)));
  }

  /** Lists these systems again and waits for it; what could not be listed is in the tables. */
  public void listNow(Set<String> systems) {
    worlds.stream()
        .filter(world -> systems.contains(world.system()))
        .map(this::listing)
        .toList()
        .forEach(CompletableFuture::join);
  }

  /** Waits for the first listing of worlds of which nothing is known yet, no longer than that. */
  public void await(Set<String> systems, Duration most) {
    var until = System.nanoTime() + most.toNanos();
    for (var world : worlds) {
      var listing = listings.get(world);
      if (systems.contains(world.system()) && listing != null && table(world).isEmpty()) {
        try {
          listing.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
          return; // the question goes on without these names
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /**
   * The things that a question names, the surest first.
   *
   * @param pins what the person pinned, by coordinate
   * @param common words that are names only where something says so
   */
  public List<Mention> mentions(
      String question, Facts facts, Map<String, String> pins, Set<String> common) {
    var known = new LinkedHashMap<World, NameTable>();
    worlds.forEach(world -> table(world).ifPresent(table -> known.put(world, table)));
    return new Linker(known, facts, pins, common).mentions(question);
  }

  /** Every item of that name or alias, or one mistake away from it. */
  public Map<World, List<Item>> find(String name) {
    var found = new LinkedHashMap<World, List<Item>>();
    for (var world : worlds) {
      var items = new ArrayList<Item>();
      table(world)
          .ifPresent(
              table -> {
                items.addAll(table.find(name));
                if (items.isEmpty()) {
                  table.near(name).forEach(near -> items.addAll(table.find(near)));
                }
              });
      if (!items.isEmpty()) {
        found.put(world, items);
      }
    }
    return found;
  }

  private boolean isFresh(World world) {
    var age = world.spec().leavesMachine() ? FRESH : FRESH_HERE;
    return table(world)
        .filter(table -> table.listed().plus(age).isAfter(clock.instant()))
        .isPresent();
  }

  private CompletableFuture<NameTable> listing(World world) {
    return listings.computeIfAbsent(
        world,
        _ -> {
          var listing = new CompletableFuture<NameTable>();
          Thread.ofPlatform()
              .daemon()
              .name("inventory " + world.system())
              .start(() -> listing.complete(listed(world)));
          return listing;
        });
  }

  private NameTable listed(World world) {
    var now = clock.instant();
    NameTable table;
    try {
      var query = new Query(MOST, Instant.now().plus(PATIENCE));
      table = NameTable.of(lister.list(world.spec(), query), now, harmless);
    } catch (ToolFailure failure) {
      table = unlisted(world, failure.result().problem(), now);
    } catch (RuntimeException | LinkageError broken) {
      table = unlisted(world, String.valueOf(broken.getMessage()), now);
    }
    tables.put(world, Optional.of(table));
    files.keep(world, table);
    listings.remove(world);
    return table;
  }

  /** What was known stays, with why it is old. */
  private NameTable unlisted(World world, String why, Instant now) {
    var before = table(world).map(table -> table.all(MOST)).orElse(List.of());
    return NameTable.of(new Listing(before, List.of(why)), now, harmless);
  }
}
