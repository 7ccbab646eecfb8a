package dev.fuse.spi;

import java.time.Instant;

/**
 * The only way in which a tool's body reaches time, cancellation, secrets, other tools, kept bytes.
 */
public interface Call {

  /** When this call is ended from outside. */
  Instant deadline();

  /** Whether the person or the deadline has ended this call; the thread is interrupted as well. */
  boolean cancelled();

  /** Runs this once when the call is cancelled, at once if it already is. */
  void onCancel(Runnable action);

  /** Tells the person how far this is, in a few words. */
  void progress(String message);

  /**
   * The value of a string parameter. In one marked {@code x-secret} handles are expanded; one of
   * the format {@code secret-source} is resolved, after approval and so in the body only.
   *
   * @throws ToolFailure of kind CREDENTIALS if the value is not to be had
   */
  String secret(String parameter);

  /**
   * A text with its secrets as handles, line for line. A tool that shows a part of a text, or looks
   * for something in it, masks the whole first: a part alone does not show what in it is a secret,
   * and what is looked for in the unmasked text can be asked for letter by letter.
   *
   * @param origin where the text stands; a handle that goes back there needs no question
   */
  String masked(String text, Target origin);

  /**
   * Keeps bytes for an undo; never the content of secrets of other systems.
   *
   * @return a reference for {@link Undo#kept()} and {@link #kept}
   */
  String keep(byte[] content);

  /**
   * Bytes that were kept.
   *
   * @throws ToolFailure of kind NOT_FOUND if they have expired
   */
  byte[] kept(String reference);

  /**
   * Calls another reading tool, within this call's deadline, through the same gate.
   *
   * @return a failure if the tool is not installed, not declared by the caller, or would ask
   */
  ToolResult call(String tool, Arguments arguments);
}
