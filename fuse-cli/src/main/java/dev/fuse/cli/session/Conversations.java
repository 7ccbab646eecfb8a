package dev.fuse.cli.session;

import dev.fuse.boundary.Outputs;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.home.Reason;
import dev.fuse.cli.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The conversations of a project: begun, resumed, and those of all projects listed and deleted. */
public final class Conversations {

  private static final String ROOT = "sessions";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Home home;
  private final Environment environment;
  private final Project project;
  private final Clock clock;
  private final Predicate<String> changes;

  /**
   * The conversations of a project.
   *
   * @param changes whether a tool of that name may change something
   */
  public Conversations(
      Home home, Environment environment, Project project, Clock clock, Predicate<String> changes) {
    this.home = home;
    this.environment = environment;
    this.project = project;
    this.clock = clock;
    this.changes = changes;
  }

  /** Begins one; no file is touched before its first event. */
  public Conversation start() {
    return start(newId(), Resumed.nothing(), Map.of());
  }

  /** Begins one that leaves nothing on the disk but what can be undone and the audit. */
  public Conversation startUnsaved() {
    var id = newId();
    var outputs = new TemporaryOutputs(environment.temporary());
    return conversation(id, Resumed.nothing(), outputs, Optional.empty());
  }

  /**
   * Goes on with a saved one, or with a copy of it where somebody else leads it.
   *
   * @throws FuseException if it cannot be read, or a newer Fuse has written it
   */
  public Conversation resume(Saved saved) {
    var lock = lock(saved);
    Resumed resumed;
    try {
      resumed = Resumed.read(saved.file());
    } catch (FuseException e) {
      lock.ifPresent(SessionLock::close);
      throw e;
    }
    if (lock.isEmpty()) {
      return copy(saved, resumed);
    }
    var start =
        new SessionWriter.Start(
            ROOT + "/" + saved.project(), saved.id(), Map.of(), List.of(), lock);
    return conversation(
        saved.id(), resumed, outputs(start), Optional.of(new SessionWriter(home, clock, start)));
  }

  /** The latest one of this project. */
  public Optional<Saved> findLatest() {
    return folder(project.slug()).stream()
        .flatMap(folder -> Saved.in(folder).stream())
        .max(Saved.BY_TIME);
  }

  /**
   * The one, of whatever project, whose id is or begins so.
   *
   * @throws FuseException of kind USAGE if there is none or several
   */
  public Saved saved(String id) {
    var fitting =
        all(Integer.MAX_VALUE).stream().filter(saved -> saved.id().startsWith(id)).toList();
    if (fitting.size() == 1 || fitting.stream().anyMatch(saved -> saved.id().equals(id))) {
      return fitting.stream()
          .filter(saved -> saved.id().equals(id))
          .findFirst()
          .orElse(fitting.getFirst());
    }
    var names = fitting.stream().map(Saved::id).limit(5).toList();
    throw new FuseException(
        Kind.USAGE,
        fitting.isEmpty()
            ? "there is no conversation '" + id + "'"
            : "'" + id + "' fits several conversations: " + String.join(", ", names),
        "'fuse sessions list' lists them");
  }

  /** Those of this project, the latest first. */
  public List<Saved> list(int limit) {
    return latest(List.of(project.slug()), limit);
  }

  /** Those of all projects, the latest first. */
  public List<Saved> all(int limit) {
    var slugs = new ArrayList<String>();
    home.find(ROOT)
        .filter(Files::isDirectory)
        .ifPresent(root -> Saved.folders(root).forEach(slugs::add));
    return latest(slugs, limit);
  }

  /** What was said and done in one, each line as it was written. */
  public List<Map<String, @Nullable Object>> events(Saved saved) {
    return Resumed.read(saved.file()).events();
  }

  /** The kept outputs of one. */
  public Outputs outputs(Saved saved) {
    return new SessionOutputs(
        () -> Optional.of(saved.folder()).filter(Files::isDirectory), home::note);
  }

  /** What can be taken back, of all conversations. */
  public SessionUndoLog undoLog() {
    return new SessionUndoLog(home, clock, "");
  }

  /** What was done, and who allowed it, in all conversations. */
  public Audit audit() {
    return new Audit(home, clock);
  }

  /**
   * Deletes one and its outputs.
   *
   * @throws FuseException if somebody leads it, or a file cannot be deleted
   */
  public void delete(Saved saved) {
    try (var lock = lock(saved).orElse(null)) {
      if (lock == null) {
        throw new FuseException(
            Kind.FAILED,
            "conversation '%s' is open in another chat".formatted(saved.id()),
            "close that chat first");
      }
      saved.delete();
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED,
          "conversation '%s' cannot be deleted: %s".formatted(saved.id(), Reason.of(e)),
          "");
    }
  }

  private Conversation copy(Saved saved, Resumed resumed) {
    var id = newId();
    var notes = new ArrayList<>(resumed.notes());
    notes.add(
        "conversation %s is open in another chat; continuing in a copy, %s"
            .formatted(saved.id(), id));
    home.findFolder(ROOT + "/" + project.slug() + "/" + id)
        .ifPresent(folder -> saved.copyOutputs(folder));
    return start(
        id,
        new Resumed(resumed.transcript(), resumed.events(), notes),
        Map.of("copy-of", saved.id()));
  }

  private Conversation start(String id, Resumed resumed, Map<String, Object> more) {
    var header =
        EventJson.object(
            "type",
            "conversation",
            "version",
            Resumed.VERSION,
            "id",
            id,
            "time",
            clock.instant().toString(),
            "directory",
            environment.directory().toString());
    header.putAll(more);
    var start =
        new SessionWriter.Start(
            ROOT + "/" + project.slug(), id, header, resumed.events(), Optional.empty());
    return conversation(
        id, resumed, outputs(start), Optional.of(new SessionWriter(home, clock, start)));
  }

  private Conversation conversation(
      String id, Resumed resumed, Outputs outputs, Optional<SessionWriter> writer) {
    return new Conversation(
        id,
        resumed,
        outputs,
        new SessionUndoLog(home, clock, id),
        new Conversation.Log(new InOrder(), writer, audit(), changes));
  }

  private SessionOutputs outputs(SessionWriter.Start start) {
    return new SessionOutputs(() -> home.findFolder(start.folder() + "/" + start.id()), home::note);
  }

  private List<Saved> latest(List<String> slugs, int limit) {
    return slugs.stream()
        .flatMap(slug -> folder(slug).stream())
        .flatMap(folder -> Saved.in(folder).stream())
        .sorted(Saved.BY_TIME.reversed())
        .limit(limit)
        .toList();
  }

  private Optional<Path> folder(String slug) {
    return home.find(ROOT + "/" + slug).filter(Files::isDirectory);
  }

  private Optional<SessionLock> lock(Saved saved) {
    try {
      return SessionLock.tryTake(saved.folder());
    } catch (IOException _) {
      // A home that cannot be written: it is gone on with as a copy, which is then not saved.
      return Optional.empty();
    }
  }

  private String newId() {
    return TIME.format(LocalDateTime.now(clock))
        + "-"
        + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
  }
}
