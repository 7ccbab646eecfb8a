package dev.fuse.cli.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Every command by name, in the order of help. */
final class Commands {

  /** Another name for scenarios, which help does not repeat. */
  static final String ALIAS = "instructions";

  private static final Map<String, Supplier<Command>> ALL = make();

  private Commands() {}

  static Map<String, Supplier<Command>> all() {
    return ALL;
  }

  /** Those that help and completion show, made. */
  static Map<String, Command> shown() {
    var shown = new LinkedHashMap<String, Command>();
    ALL.forEach(
        (name, command) -> {
          if (!name.equals(ALIAS)) {
            shown.put(name, command.get());
          }
        });
    return shown;
  }

  private static Map<String, Supplier<Command>> make() {
    var commands = new LinkedHashMap<String, Supplier<Command>>();
    commands.put("tools", ToolCommands::command);
    commands.put("plugins", PluginCommands::command);
    commands.put("scenarios", ScenarioCommands::command);
    commands.put(ALIAS, ScenarioCommands::command);
    commands.put("inventory", InventoryCommands::command);
    commands.put("sessions", SessionCommands::command);
    commands.put("permissions", PermissionCommands::command);
    commands.put("undo", UndoCommand::command);
    commands.put("apply", ApplyCommand::command);
    commands.put("audit", AuditCommands::command);
    commands.put("config", ConfigCommands::command);
    commands.put("trust", TrustCommand::command);
    commands.put("doctor", DoctorCommand::command);
    commands.put("completion", CompletionCommand::command);
    return Collections.unmodifiableMap(commands);
  }
}
