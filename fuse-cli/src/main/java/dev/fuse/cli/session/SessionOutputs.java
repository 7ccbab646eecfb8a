package dev.fuse.cli.session;

import dev.fuse.boundary.Outputs;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Reason;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Whole outputs in files beside the conversation, {@code o1}, {@code o2} and so on. */
public final class SessionOutputs implements Outputs {

  private final Supplier<Optional<Path>> folder;
  private final Consumer<String> notes;
  private final AtomicInteger last = new AtomicInteger();
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * Outputs in a folder.
   *
   * @param folder made when it is asked for; empty where nothing can be kept
   * @param notes hears, once, why an output could not be kept
   */
  public SessionOutputs(Supplier<Optional<Path>> folder, Consumer<String> notes) {
    this.folder = folder;
    this.notes = notes;
  }

  @Override
  public String keep(String tool, String text) {
    return folder.get().map(where -> keep(where, text)).orElse("");
  }

  @Override
  public Optional<BufferedReader> find(String id) {
    if (!id.matches("o[1-9]\\d{0,8}")) {
      return Optional.empty();
    }
    try {
      var file = folder.get().map(where -> where.resolve(id));
      if (file.isEmpty() || !Files.exists(file.get())) {
        return Optional.empty();
      }
      // Not through a channel: a call that is interrupted would close it.
      var in = new FileInputStream(file.get().toFile());
      return Optional.of(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      complain(id, e);
      return Optional.empty();
    }
  }

  private String keep(Path where, String text) {
    var id = "";
    try {
      id = next(where);
      try (var out = new FileOutputStream(where.resolve(id).toFile())) {
        KeptText.write(text, out);
      }
      return id;
    } catch (IOException e) {
      complain(id, e);
      return "";
    }
  }

  /** Takes the next free id, also after those that an earlier process has taken. */
  private String next(Path where) throws IOException {
    while (true) {
      var id = "o" + last.incrementAndGet();
      try {
        PrivateFile.create(where.resolve(id));
        return id;
      } catch (FileAlreadyExistsException _) {
        // An earlier part of the conversation took it.
      }
    }
  }

  private void complain(String id, IOException e) {
    if (complained.compareAndSet(false, true)) {
      notes.accept("output %s cannot be kept or read: %s".formatted(id, Reason.of(e)).strip());
    }
  }
}
