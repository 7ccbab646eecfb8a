package dev.fuse.tool.git.repo;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoWorkTreeException;

/** What goes wrong in a repository, as sentences. */
public final class Failures {

  private Failures() {}

  public static ToolResult.Failed of(Throwable trouble, Path repository) {
    return switch (trouble) {
      case ToolFailure failure -> failure.result();
      case MissingObjectException e ->
          ToolResult.failed(
              Kind.NOT_FOUND,
              "object " + e.getObjectId().name() + " is missing in '" + repository + "'",
              "a shallow or partial clone leaves objects out: fetch them; else run 'git fsck'");
      case CorruptObjectException e -> corrupt(e, repository);
      case LockFailedException e ->
          ToolResult.failed(
              Kind.CONFLICT,
              "'" + e.getFile() + "' is locked by another git",
              "wait for it; git_diagnose tells whether the lock is stale");
      case NoWorkTreeException _ ->
          ToolResult.failed(
              Kind.INVALID,
              "'" + repository + "' is bare: it has no work tree and no index",
              "compare revisions instead, such as 'HEAD~1..HEAD'");
      case AccessDeniedException e ->
          ToolResult.failed(
              Kind.FORBIDDEN, "'" + e.getFile() + "' may not be read", "look at its permissions");
      default -> unforeseen(trouble, repository);
    };
  }

  private static ToolResult.Failed unforeseen(Throwable trouble, Path repository) {
    for (var cause = trouble.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigInvalidException e) {
        return ToolResult.failed(
            Kind.UNAVAILABLE,
            "the Git configuration cannot be read: " + said(e),
            "correct that file");
      }
      if (cause instanceof IOException e && cause != trouble) {
        return of(e, repository);
      }
    }
    return ToolResult.failed(
        Kind.UNAVAILABLE, "'" + repository + "' cannot be read: " + said(trouble), "");
  }

  private static ToolResult.Failed corrupt(CorruptObjectException e, Path repository) {
    return ToolResult.failed(
        Kind.UNAVAILABLE,
        "'" + repository + "' is damaged: " + said(e),
        "run 'git fsck'; fetch the object again or take it from another clone");
  }

  /** The same, to be thrown. */
  public static ToolFailure thrown(Throwable trouble, Path repository) {
    return thrown(of(trouble, repository));
  }

  /** A failure, to be thrown. */
  public static ToolFailure thrown(ToolResult.Failed failure) {
    return new ToolFailure(failure.kind(), failure.problem(), failure.hint());
  }

  public static String said(Throwable trouble) {
    var message = trouble.getMessage();
    return message == null || message.isBlank()
        ? trouble.getClass().getSimpleName()
        : Printable.line(message, 300);
  }
}
