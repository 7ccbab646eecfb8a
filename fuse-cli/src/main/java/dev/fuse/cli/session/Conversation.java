package dev.fuse.cli.session;

import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.Outcome;
import dev.fuse.boundary.Outputs;
import dev.fuse.brief.Message;
import dev.fuse.brief.Transcript;
import dev.fuse.cli.json.EventJson;
import dev.fuse.gate.CallRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A conversation that is being led: hears its events and keeps them, without anybody waiting for a
 * disk; only a change waits until it is written down that it begins.
 */
public final class Conversation implements Consumer<AgentEvent>, AutoCloseable {

  private final String id;
  private final boolean saved;
  private final Resumed resumed;
  private final Outputs outputs;
  private final SessionUndoLog undo;
  private final Log log;

  /**
   * Where events go.
   *
   * @param changes whether a tool of that name may change something
   */
  record Log(
      InOrder thread, Optional<SessionWriter> writer, Audit audit, Predicate<String> changes) {}

  Conversation(String id, Resumed resumed, Outputs outputs, SessionUndoLog undo, Log log) {
    this.id = id;
    this.saved = log.writer().isPresent();
    this.resumed = resumed;
    this.outputs = outputs;
    this.undo = undo;
    this.log = log;
  }

  /** Its id, which {@code -r} takes. */
  public String id() {
    return id;
  }

  /** Whether it can be resumed later, as far as is known by now. */
  public boolean saved() {
    return saved && log.writer().filter(SessionWriter::works).isPresent();
  }

  /** What had been said when it was begun or resumed. */
  public Transcript transcript() {
    return resumed.transcript();
  }

  /** What the person should know about how it was resumed. */
  public List<String> notes() {
    return resumed.notes();
  }

  public Outputs outputs() {
    return outputs;
  }

  public SessionUndoLog undo() {
    return undo;
  }

  /**
   * Takes a change back: what it records is known as that, and it leaves the list when it is done.
   *
   * @param call makes the call that takes it back
   */
  public CallRecord takingBack(UndoEntry entry, Supplier<CallRecord> call) {
    undo.undoing(Optional.of(entry));
    try {
      var record = call.get();
      if (record.ok()) {
        log.thread().add(() -> log.audit().undone(id, record.call(), entry));
        undo.remove(entry);
      }
      return record;
    } finally {
      undo.undoing(Optional.empty());
      flush();
    }
  }

  /** The number of the last handle of a secret in what had been said; 0 where there is none. */
  public int lastHandle() {
    return Resumed.lastHandle(resumed.transcript());
  }

  /** The number of the last call in what had been done; 0 where there is none. */
  public int lastCall() {
    return resumed.lastCall();
  }

  /** Notes the person's own words, which are masked already. */
  public void asked(String prompt) {
    write(() -> EventJson.object("type", "asked", "prompt", prompt));
  }

  @Override
  public void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Said(var message) -> said(message);
      case AgentEvent.CallStarted started -> begun(started);
      case AgentEvent.CallEnded(var call) -> {
        log.thread().add(() -> log.audit().ended(id, call));
        write(() -> EventJson.object("type", "call-ended", "call", EventJson.of(call)));
      }
      case AgentEvent.Ended(var outcome) -> write(() -> ended(outcome));
      case AgentEvent.Classified _,
          AgentEvent.CallProgress _,
          AgentEvent.TurnStarted _,
          AgentEvent.TextDelta _,
          AgentEvent.TextEnded _,
          AgentEvent.Retrying _,
          AgentEvent.Noted _ -> {}
    }
  }

  /** Waits until everything so far is on the disk. */
  public void flush() {
    log.thread().flush();
  }

  @Override
  public void close() {
    log.thread().add(() -> log.writer().ifPresent(SessionWriter::close));
    log.thread().add(undo::sweep);
    log.thread().close();
    if (outputs instanceof TemporaryOutputs temporary) {
      temporary.close();
    }
  }

  private static Map<String, Object> ended(Outcome outcome) {
    var json =
        EventJson.object(
            "type",
            "ended",
            "status",
            EventJson.lower(outcome.status()),
            "scenario",
            outcome.scenario());
    if (!outcome.withModel()) {
      // A model's answer is the last message of the transcript.
      json.put("answer", outcome.answer());
    }
    return json;
  }

  private void said(Message message) {
    write(() -> EventJson.object("type", "said", "message", EventJson.of(message)));
  }

  private void begun(AgentEvent.CallStarted started) {
    if (!log.changes().test(started.tool())) {
      return;
    }
    log.thread()
        .add(() -> log.audit().begun(id, started.call(), started.tool(), started.arguments()));
    write(
        () ->
            EventJson.object(
                "type",
                "call-begun",
                "call",
                started.call(),
                "tool",
                started.tool(),
                "arguments",
                started.arguments(),
                "summary",
                started.summary()));
    flush();
  }

  private void write(Supplier<Map<String, Object>> event) {
    log.writer()
        .ifPresent(
            writer -> {
              writer.expect();
              log.thread().add(() -> writer.write(event.get()));
            });
  }
}
