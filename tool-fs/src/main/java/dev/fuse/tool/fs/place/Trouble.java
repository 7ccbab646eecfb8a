package dev.fuse.tool.fs.place;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** What the file system says, in sentences. */
public final class Trouble {

  /** Characters of a name beyond which its middle tells nobody anything. */
  private static final int LONG = 300;

  private Trouble() {}

  public static ToolFailure of(IOException e, String asked) {
    var whole = Shown.name(asked);
    var name =
        "'"
            + (whole.length() <= LONG
                ? whole
                : whole.substring(0, LONG / 2) + "…" + whole.substring(whole.length() - LONG / 2))
            + "'";
    return switch (e) {
      case NoSuchFileException gone ->
          ToolFailure.notFound(name + " is not there", "look with fs_list or fs_search");
      case AccessDeniedException denied ->
          new ToolFailure(Kind.FORBIDDEN, name + ": permission denied", "");
      case FileSystemLoopException loop ->
          ToolFailure.invalid(name + " is a link that leads in a circle", "");
      case NotDirectoryException none -> ToolFailure.invalid(name + " is no folder", "");
      case FileAlreadyExistsException there ->
          new ToolFailure(Kind.CONFLICT, name + " is there already", "read it first");
      case DirectoryNotEmptyException full ->
          new ToolFailure(Kind.CONFLICT, name + " is not empty", "");
      case FileSystemException other -> ofReason(name, other.getReason());
      default -> ofReason(name, e.getMessage());
    };
  }

  private static ToolFailure ofReason(String name, @Nullable String why) {
    var reason = why == null ? "" : why;
    if (reason.contains("No space left") || reason.contains("quota")) {
      return new ToolFailure(
          Kind.LIMIT,
          name + " cannot be written: " + reason + "; nothing was changed",
          "make room; system_diagnose says what is full");
    }
    if (reason.contains("Read-only")) {
      return new ToolFailure(Kind.FORBIDDEN, name + " lies on a read-only file system", "");
    }
    if (reason.contains("ot a directory")) {
      return ToolFailure.invalid(name + " goes through a file as if it were a folder", "");
    }
    if (reason.contains("too long")) {
      return ToolFailure.invalid(name + " is longer than the file system allows", "");
    }
    return new ToolFailure(Kind.UNAVAILABLE, name + ": " + reason, "");
  }
}
