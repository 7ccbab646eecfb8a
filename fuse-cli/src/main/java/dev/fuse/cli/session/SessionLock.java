package dev.fuse.cli.session;

import dev.fuse.cli.home.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** Says that a conversation is being led, as long as the process lives. */
final class SessionLock implements AutoCloseable {

  private final FileChannel channel;

  private SessionLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock in a conversation's folder; empty where somebody has it.
   *
   * @throws IOException if the file cannot be made
   */
  static Optional<SessionLock> tryTake(Path folder) throws IOException {
    // A file of its own: closing any other handle of a locked file would give up a POSIX lock.
    var file = PrivateFile.folder(folder).resolve("lock");
    var channel =
        PrivateFile.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // Another conversation of this very process has it.
      taken = false;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(new SessionLock(channel)) : Optional.empty();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It ends with the process in any case.
      return;
    }
  }
}
