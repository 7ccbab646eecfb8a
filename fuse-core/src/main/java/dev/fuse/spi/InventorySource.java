package dev.fuse.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists the names of things in a person's world, so that a question can be linked with what it
 * names: workloads of a cluster, branches of a repository, programs of this machine.
 */
public interface InventorySource {

  /** Known before the plugin is loaded. */
  Spec spec();

  /**
   * What is there now, the most important first. Names and what leads to them only: never content,
   * never a value that could be a secret. Runs beside an answer, on a thread that is interrupted at
   * the deadline; what could not be listed is said in {@link Listing#missing()}.
   *
   * @throws ToolFailure if nothing can be listed
   */
  Listing list(PluginContext context, Query query);

  /**
   * What a source lists and where.
   *
   * @param system as in {@link Target#system()}
   * @param world names of the facts whose values say which world is listed, such as {@code
   *     kube-context}; where one is not known the source is not asked
   * @param leavesMachine whether listing goes over the network
   * @param kinds of things, the most important first
   */
  record Spec(String system, List<String> world, boolean leavesMachine, List<ItemKind> kinds) {
    public Spec {
      world = List.copyOf(world);
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * A kind of things.
   *
   * @param name as it is shown, such as {@code Deployment}
   * @param words with which people speak of one, lower case: {@code deploy}, {@code deployment}
   */
  record ItemKind(String name, List<String> words) {
    public ItemKind {
      words = List.copyOf(words);
    }

    public static ItemKind of(String name, String... words) {
      return new ItemKind(name, List.of(words));
    }
  }

  /**
   * How much may be listed.
   *
   * @param most items
   * @param until when it must be done
   */
  record Query(int most, Instant until) {}

  /**
   * What was listed.
   *
   * @param missing what could not be listed and why, each in a few words for a person
   */
  record Listing(List<Item> items, List<String> missing) {
    public Listing {
      items = List.copyOf(items);
      missing = List.copyOf(missing);
    }

    public static Listing of(List<Item> items) {
      return new Listing(items, List.of());
    }
  }

  /**
   * A thing with a name.
   *
   * @param kind the name of one of the source's kinds
   * @param coordinates where it is within the world, by the names of the parameters that tools of
   *     this system take, such as {@code namespace}; neither kind nor name
   * @param aliases other names that people and logs use for it: labels, hosts, names of images
   * @param links to things that lead on from it, such as from an Ingress to its Services
   * @param details a few facts that are shown and never compared, such as a version
   */
  record Item(
      String kind,
      String name,
      Map<String, String> coordinates,
      List<String> aliases,
      List<Link> links,
      Map<String, String> details) {
    public Item {
      coordinates = Collections.unmodifiableMap(new LinkedHashMap<>(coordinates));
      aliases = List.copyOf(aliases);
      links = List.copyOf(links);
      details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A thing that has no other names. */
    public static Item of(String kind, String name, Map<String, String> coordinates) {
      return new Item(kind, name, coordinates, List.of(), List.of(), Map.of());
    }

    /** The same thing, which is called so too. */
    public Item alsoCalled(List<String> names) {
      return new Item(kind, name, coordinates, names, links, details);
    }

    /** The same thing, which leads to those. */
    public Item leadingTo(List<Link> things) {
      return new Item(kind, name, coordinates, aliases, things, details);
    }

    /** The same thing, with what is worth knowing of it. */
    public Item with(Map<String, String> facts) {
      return new Item(kind, name, coordinates, aliases, links, facts);
    }
  }

  /** Another thing of the same coordinates. */
  record Link(String kind, String name) {}
}
