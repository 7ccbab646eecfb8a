package dev.fuse.cli.home;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names of scenarios that the person has switched off, kept in their home. */
public final class DisabledScenarios {

  /** In the home folder. */
  public static final String FILE = "disabled-scenarios.json";

  private static final String KEY = "disabled";

  private final Home home;

  public DisabledScenarios(Home home) {
    this.home = home;
  }

  /** Their names; none where nothing is kept. A file that cannot be understood is set aside. */
  public Set<String> names() {
    var file = home.find(FILE).filter(Files::exists);
    if (file.isEmpty()) {
      return Set.of();
    }
    try {
      var names = new TreeSet<String>();
      if (Json.object(Json.read(file.get())).get(KEY) instanceof List<?> list) {
        list.forEach(name -> names.add(String.valueOf(name)));
      }
      return names;
    } catch (IOException e) {
      home.setAside(file.get(), Reason.of(e));
      return Set.of();
    }
  }

  /**
   * Switches one off or on.
   *
   * @return whether it was otherwise before
   * @throws FuseException of kind FAILED if it cannot be kept
   */
  public boolean set(String name, boolean disabled) {
    var names = new TreeSet<>(names());
    boolean changed = disabled ? names.add(name) : names.remove(name);
    if (changed) {
      write(names);
    }
    return changed;
  }

  private void write(Collection<String> names) {
    var file =
        home.findFolder("")
            .map(folder -> folder.resolve(FILE))
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.FAILED, "there is no home to keep that in", "set FUSE_HOME"));
    try {
      PrivateFile.write(file, Json.writeIndented(Map.of(KEY, List.copyOf(names))) + "\n");
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED,
          "'%s' cannot be written (%s)".formatted(file, Reason.of(e)),
          "make it writable or set FUSE_HOME");
    }
  }
}
