package dev.fuse.tool.fs;

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
record Location(
    String asked,
    Path real,
    String shown,
    boolean inside,
    boolean trashed,
    boolean credential,
    boolean delicate) {

  Target target() {
    return Target.of(FileSpecs.FILES, "path", real.toString());
  }

  Effect reading() {
    return inside && !credential && !trashed ? Effect.read(target()) : Effect.readSecret(target());
  }

  Effect changing(Verb verb) {
    var changed = delicate ? target().decidedBy(Target.RUNS_LATER, "yes") : target();
    return Effect.local(verb, changed, risk());
  }

  Risk risk() {
    return (inside || trashed) && !credential && !delicate ? Risk.LOW : Risk.HIGH;
  }

  boolean exists() {
    return Files.exists(real, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether the words of the call name another place than the one it leads to. */
  boolean throughLink(Path directory) {
    return !directory.resolve(asked).normalize().toString().equals(real.toString());
  }
}
