package dev.fuse.tool.git.repo;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.ProcessResult;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file system as JGit sees it, which never starts a program: what a repository configures to be
 * run (hooks, filters) is not run by looking at it.
 */
final class ReadingFiles extends FS_POSIX {

  private static final int IN_MEMORY = 1 << 20;
  private static final int LONGEST_POINTER = 1024;
  private static final String POINTER = "version https://git-lfs.github.com/spec/v1\n";

  ReadingFiles(Path home) {
    setUserHome(home.toFile());
  }

  private ReadingFiles(FS same) {
    super(same);
  }

  @Override
  public FS newInstance() {
    return new ReadingFiles(this);
  }

  /** Names the program without starting it. */
  @Override
  public ProcessBuilder runInShell(String command, String[] arguments) {
    return new ProcessBuilder(command);
  }

  /**
   * Answers for a filter: what Git LFS would make of the content, and the content as it is for any
   * other, so that a filtered file counts as changed when its size or time did.
   */
  @Override
  public ExecutionResult execute(ProcessBuilder program, @Nullable InputStream content)
      throws IOException {
    var filtered = new TemporaryBuffer.LocalFile(null, IN_MEMORY);
    if (content != null) {
      boolean lfs = program.command().getFirst().matches("git[- ]lfs clean\\b.*");
      copy(content, filtered, lfs);
    }
    filtered.close();
    return new ExecutionResult(filtered, new TemporaryBuffer.Heap(1), 0);
  }

  @Override
  public ProcessResult runHookIfPresent(
      Repository repository,
      String hook,
      String[] arguments,
      OutputStream out,
      OutputStream err,
      String stdin) {
    return new ProcessResult(ProcessResult.Status.NOT_PRESENT);
  }

  @Override
  protected @Nullable File discoverGitExe() {
    return null;
  }

  @Override
  protected @Nullable File discoverGitSystemConfig() {
    return null;
  }

  private static void copy(InputStream content, OutputStream out, boolean lfs) throws IOException {
    if (!lfs) {
      content.transferTo(out);
      return;
    }
    try (var in = new BufferedInputStream(content)) {
      in.mark(LONGEST_POINTER);
      var head = new String(in.readNBytes(POINTER.length()), StandardCharsets.UTF_8);
      in.reset();
      if (head.equals(POINTER)) {
        in.transferTo(out);
        return;
      }
      out.write(pointer(in).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String pointer(InputStream content) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 16];
      long size = 0;
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.update(buffer, 0, n);
        size += n;
      }
      var hash = HexFormat.of().formatHex(digest.digest());
      return POINTER + "oid sha256:" + hash + "\nsize " + size + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
