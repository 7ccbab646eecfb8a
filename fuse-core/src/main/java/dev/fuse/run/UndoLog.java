package dev.fuse.run;

import dev.fuse.spi.Undo;
import java.util.Optional;

/** What takes changes back; the one place that keeps content. */
public interface UndoLog {

  /** Keeps bytes and gives a reference to them. */
  String keep(byte[] content);

  /** Bytes that were kept and have not expired. */
  Optional<byte[]> find(String reference);

  /** Notes what takes a change back. */
  void record(String tool, String summary, Undo undo);
}
