package dev.fuse.tool.fs.plan;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.file.AtomicFile;
import dev.fuse.tool.fs.file.FileChanges;
import dev.fuse.tool.fs.file.FolderCopy;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the steps of a plan; where one fails, those before are taken back. */
final class PlanRun {

  /** What takes a step back: at once, and later through undo. */
  private record Back(String shown, Reversal reversal, Optional<Map<String, Object>> undo) {}

  private interface Reversal {
    void run() throws IOException;
  }

  private final Call call;
  private final Trash trash;
  private final List<Back> back = new ArrayList<>();

  PlanRun(Place place, Call call) {
    this.call = call;
    this.trash = new Trash(place);
  }

  /**
   * Makes them all or none.
   *
   * @return the steps of the plan that takes them back
   */
  List<Map<String, Object>> run(List<PlanStep> steps) {
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      try {
        if (call.cancelled()) {
          throw new IOException("cancelled");
        }
        make(step);
      } catch (IOException e) {
        revert(i + 1, step, e);
      }
    }
    return back.reversed().stream().flatMap(one -> one.undo().stream()).toList();
  }

  private void make(PlanStep step) throws IOException {
    switch (step) {
      case PlanStep.Folder(var path) -> folders(path.real());
      case PlanStep.Move(var from, var to) -> {
        folders(parent(to.real()));
        move(from.real(), to.real());
        var undo = PlanStep.argument("move", to.real(), from.real());
        back.add(new Back(to.shown(), () -> move(to.real(), from.real()), Optional.of(undo)));
      }
      case PlanStep.Copy(var from, var to) -> {
        folders(parent(to.real()));
        copy(from.real(), to.real());
        var undo = PlanStep.argument("delete", to.real());
        back.add(new Back(to.shown(), () -> FolderCopy.delete(to.real()), Optional.of(undo)));
      }
      case PlanStep.Delete(var path) -> {
        var kept = trash.placeFor(path.real());
        move(path.real(), kept);
        var undo = PlanStep.argument("move", kept, path.real());
        back.add(new Back(path.shown(), () -> takeOut(kept, path.real()), Optional.of(undo)));
      }
      case PlanStep.Tidy(var path) -> tidy(path);
    }
  }

  /** What an earlier step took out of it has to go back into it. */
  private void tidy(Location folder) {
    boolean there = Files.isDirectory(folder.real(), LinkOption.NOFOLLOW_LINKS);
    FileChanges.removeIfEmpty(folder.real());
    if (there && !Files.exists(folder.real(), LinkOption.NOFOLLOW_LINKS)) {
      var undo = PlanStep.argument("folder", folder.real());
      back.add(
          new Back(
              folder.shown(), () -> Files.createDirectories(folder.real()), Optional.of(undo)));
    }
  }

  private void takeOut(Path kept, Path to) throws IOException {
    move(kept, to);
    var folder = parent(kept);
    FileChanges.removeIfEmpty(folder);
    FileChanges.removeIfEmpty(parent(folder));
  }

  private void folders(Path folder) throws IOException {
    for (var made : AtomicFile.folders(folder)) {
      back.add(
          new Back(
              Shown.name(made),
              () -> FileChanges.removeIfEmpty(made),
              Optional.of(PlanStep.argument("tidy", made))));
    }
  }

  /**
   * Never replaces; over the border of a file system the copy is whole before the original goes.
   */
  private void move(Path from, Path to) throws IOException {
    boolean respelt = Files.exists(to, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(from, to);
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS) && !respelt) {
      throw new FileAlreadyExistsException(to.toString());
    }
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      copy(from, to);
      setAside(from, to);
    }
  }

  /** Removes what has been copied; what may not be removed stays whole, and the copy goes. */
  private static void setAside(Path from, Path copy) throws IOException {
    var aside =
        from.resolveSibling(
            ".fuse-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    try {
      Files.move(from, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      FolderCopy.delete(copy);
      throw e;
    }
    FolderCopy.delete(aside);
  }

  private void copy(Path from, Path to) throws IOException {
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    var half = Files.createTempDirectory(parent(to), ".fuse-");
    try {
      var whole = half.resolve(to.getFileName());
      FolderCopy.copy(from, whole, call::cancelled);
      Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FolderCopy.delete(half);
    }
  }

  private static Path parent(Path path) throws IOException {
    var parent = path.getParent();
    if (parent == null) {
      throw new IOException("'" + path + "' has no folder");
    }
    return parent;
  }

  private void revert(int number, PlanStep step, IOException why) {
    var left = new ArrayList<String>();
    for (var one : back.reversed()) {
      try {
        one.reversal().run();
      } catch (IOException e) {
        left.add("'" + one.shown() + "' (" + e.getMessage() + ")");
      }
    }
    var failed =
        Trouble.of(why, step.places().isEmpty() ? step.shown() : step.places().getFirst().asked())
            .result();
    var problem =
        "step %d (%s): %s".formatted(number, step.shown().replaceAll(" +", " "), failed.problem());
    if (left.isEmpty()) {
      var before = number == 1 ? "; nothing was changed" : "; the steps before it are taken back";
      throw new ToolFailure(
          failed.kind(), problem.replace("; nothing was changed", "") + before, failed.hint());
    }
    throw new ToolFailure(
        ToolResult.Kind.UNKNOWN_OUTCOME,
        problem
            + "; of the steps before it these could not be taken back: "
            + String.join(", ", left),
        "look where they are with fs_list");
  }
}
