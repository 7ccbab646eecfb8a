package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Leaf;
import dev.fuse.cli.home.KubeContexts;
import dev.fuse.cli.home.SettingKey;
import dev.fuse.cli.session.Saved;
import dev.fuse.cli.session.UndoEntry;
import dev.fuse.plugin.Plugin;
import dev.fuse.spi.ToolSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What could stand next in a command line; asks no network. */
record Candidates(Workbench bench) {

  private static final int MOST = 200;

  /** Those that begin as the last word does. */
  List<String> of(List<String> line) {
    var word = line.isEmpty() ? "" : line.getLast();
    var before = line.isEmpty() ? List.<String>of() : line.subList(0, line.size() - 1);
    return all(before, word).stream()
        .filter(it -> it.startsWith(word))
        .distinct()
        .limit(MOST)
        .toList();
  }

  private Collection<String> all(List<String> before, String word) {
    var awaited = before.isEmpty() ? Optional.<Flag>empty() : flag(before.getLast());
    if (awaited.filter(Flag::takesValue).isPresent()) {
      return values(awaited.get());
    }
    var words = words(before);
    if (words.isEmpty()) {
      return word.startsWith("-") ? names(Flag.PROMPT) : commands();
    }
    var command = Optional.ofNullable(Commands.all().get(words.getFirst())).map(it -> it.get());
    if (words.getFirst().equals("help")) {
      return words.size() == 1 ? commands() : List.of();
    }
    if (command.isEmpty()) {
      return word.startsWith("-") ? names(Flag.PROMPT) : List.of();
    }
    if (command.get().groups() && words.size() == 1) {
      return word.startsWith("-") ? names(Flag.COMMON) : command.get().leaves().keySet();
    }
    var leaf = command.get().leaves().get(command.get().groups() ? words.get(1) : "");
    if (leaf == null) {
      return List.of();
    }
    if (word.startsWith("-")) {
      return names(leaf.allFlags());
    }
    return arguments(
        words.getFirst(), leaf, words.subList(command.get().groups() ? 2 : 1, words.size()));
  }

  private static List<String> words(List<String> before) {
    var words = new ArrayList<String>();
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).startsWith("-")) {
        i += flag(before.get(i)).filter(Flag::takesValue).isPresent() ? 1 : 0;
      } else {
        words.add(before.get(i));
      }
    }
    return words;
  }

  private static Optional<Flag> flag(String name) {
    return Arrays.stream(Flag.values()).filter(flag -> flag.names().contains(name)).findFirst();
  }

  private static List<String> commands() {
    var names = new ArrayList<>(Commands.all().keySet());
    names.add("help");
    names.add("version");
    return names;
  }

  private static List<String> names(Collection<Flag> flags) {
    return Arrays.stream(Flag.values())
        .filter(flags::contains)
        .flatMap(flag -> flag.names().stream())
        .toList();
  }

  private Collection<String> values(Flag flag) {
    return switch (flag) {
      case CONTEXT -> KubeContexts.of(bench.environment()).contexts().keySet();
      case NAMESPACE -> KubeContexts.of(bench.environment()).namespaces();
      case SCENARIO -> scenarios("none");
      case RESUME -> sessions();
      case OUTPUT -> List.of("text", "json", "stream-json");
      case FORMAT -> List.of("md", "json", "html");
      case COLOR -> List.of("auto", "always", "never");
      default -> List.of();
    };
  }

  private List<String> scenarios(String... more) {
    var names = new ArrayList<>(bench.scenarios().names());
    names.addAll(List.of(more));
    return names;
  }

  private List<String> sessions() {
    return bench.conversations().list(MOST).stream().map(Saved::id).toList();
  }

  private Collection<String> arguments(String command, Leaf leaf, List<String> given) {
    return switch (command) {
      case "tools" -> tools(leaf, given);
      case "permissions" -> leaf.name().equals("check") ? tools(leaf, given) : List.of();
      case "sessions" -> leaf.takes().contains("ID") ? sessions() : List.of();
      case "scenarios", Commands.ALIAS -> leaf.takes().contains("NAME") ? scenarios() : List.of();
      case "plugins" -> bench.catalog().plugins().stream().map(Plugin::name).toList();
      case "config" -> keys(leaf, given);
      case "undo" ->
          bench.conversations().undoLog().entries().stream().map(UndoEntry::shortId).toList();
      default -> List.of();
    };
  }

  private Collection<String> keys(Leaf leaf, List<String> given) {
    return leaf.takes().contains("KEY") && given.isEmpty()
        ? bench.settings().keys().all().stream().map(SettingKey::name).toList()
        : List.of();
  }

  private Collection<String> tools(Leaf leaf, List<String> given) {
    var specs = bench.catalog().specs();
    if (leaf.takes().isEmpty()) {
      return List.of();
    }
    if (given.isEmpty()) {
      return specs.stream().map(ToolSpec::name).toList();
    }
    return specs.stream()
        .filter(spec -> spec.name().equals(given.getFirst()))
        .flatMap(spec -> spec.parameters().properties().keySet().stream())
        .map(key -> key + "=")
        .toList();
  }
}
