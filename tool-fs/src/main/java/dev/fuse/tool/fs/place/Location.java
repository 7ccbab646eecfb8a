package dev.fuse.tool.fs.place;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Verb;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A path as it was asked for and where it really leads.
 *
 * @param asked the words of the call
 * @param real absolute, without links; need not exist
 * @param shown relative to the working directory where it lies inside, for people
 * @param inside whether it lies in the working directory
 * @param trashed whether it waits in the trash, from where undo takes it back
 * @param credential whether it is known to hold credentials
 * @param delicate whether changing it runs code later or opens a door: hooks, shell profiles, keys
 */
public record Location(
    String asked,
    Path real,
    String shown,
    boolean inside,
    boolean trashed,
    boolean credential,
    boolean delicate) {

  /** The system of a target that is a file. */
  public static final String FILES = "files";

  public Target target() {
    return Target.of(FILES, "path", real.toString());
  }

  public Effect reading() {
    return inside && !credential ? Effect.read(target()) : Effect.readSecret(target());
  }

  public Effect changing(Verb verb) {
    var changed = delicate ? target().decidedBy(Target.RUNS_LATER, "yes") : target();
    return Effect.local(verb, changed, risk());
  }

  public Risk risk() {
    return (inside || trashed) && !credential && !delicate ? Risk.LOW : Risk.HIGH;
  }

  public boolean exists() {
    return Files.exists(real, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether the words of the call name another place than the one it leads to. */
  public boolean throughLink(Path directory) {
    return !directory.resolve(asked).normalize().toString().equals(real.toString());
  }
}
