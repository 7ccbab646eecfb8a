package dev.fuse.plugin;

import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.Signature;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.Setting;
import dev.fuse.spi.ToolSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything about a plugin that is known before its code is loaded; kept in a file beside its
 * jars.
 *
 * @param version as its jar tells it; empty where it does not
 * @param prefixes of its tools' names, without the underscore
 * @param coordinates names of the coordinates of its tools' targets
 * @param scenarios those in its files and in its code, ready to be matched: reading YAML takes
 *     longer than all the rest of a start
 * @param scenarioFiles the texts of {@code META-INF/fuse/scenarios/*.yaml} by file name, to be
 *     shown
 * @param signatures the messages that it knows
 * @param inventory what its sources of names list
 * @param policies whether it brings policies in code, for which it is opened before the first
 *     ruling
 * @param jar the file name of the jar that provides the plugin
 * @param module the name of that jar's module; empty for a plain jar
 * @param files the SHA-256 of each of its jars by file name
 */
public record Descriptor(
    String name,
    String version,
    String description,
    List<String> prefixes,
    List<String> coordinates,
    List<ToolSpec> tools,
    List<Scenario> scenarios,
    Map<String, String> scenarioFiles,
    List<Signature> signatures,
    List<InventorySource.Spec> inventory,
    boolean policies,
    List<Setting> settings,
    String jar,
    Optional<String> module,
    Map<String, String> files) {

  /** The file in a plugin's directory that holds its descriptor. */
  public static final String FILE = "descriptor.json";

  public Descriptor {
    prefixes = List.copyOf(prefixes);
    coordinates = List.copyOf(coordinates);
    tools = List.copyOf(tools);
    scenarios = List.copyOf(scenarios);
    scenarioFiles = Collections.unmodifiableMap(new TreeMap<>(scenarioFiles));
    signatures = List.copyOf(signatures);
    inventory = List.copyOf(inventory);
    settings = List.copyOf(settings);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** The SHA-256 over all its jars, in hexadecimal: what a person pins. */
  public String hash() {
    return Jars.hash(files);
  }
}
