package dev.fuse.tool.fs.process;

import dev.fuse.tool.fs.file.BinaryKind;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The argument vectors that only look, word for word. None of them reads the working directory:
 * {@code git status} runs what {@code core.fsmonitor} names, {@code mvn -v} what {@code
 * .mvn/jvm.config} names, {@code go version} fetches what {@code go.mod} names, {@code rustc
 * --version} starts the toolchain that {@code rust-toolchain.toml} names, so they ask.
 */
public final class HarmlessForms {

  private static final Set<String> FORMS =
      Arrays.stream(
              """
              java -version
              java --version
              javac -version
              node --version
              node -v
              python3 --version
              python3 -V
              git --version
              docker --version
              docker ps
              docker ps -a
              docker images
              kubectl version --client
              kubectl config current-context
              kubectl config get-contexts
              helm version --short
              gh --version
              gcc --version
              make --version
              uname -a
              uname -m
              uptime
              whoami
              id
              hostname
              date
              nproc
              df -h
              free -h
              sw_vers
              """
                  .split("\n", -1))
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  private HarmlessForms() {}

  /** Whether this only looks, whoever wrote it. */
  public static boolean contains(Place place, CommandLine command, boolean stdin) {
    return !stdin
        && command.environment().isEmpty()
        && command.argv().stream().noneMatch(word -> word.contains(" "))
        && FORMS.contains(String.join(" ", command.argv()))
        && isItself(command)
        && isMachineCode(command.real())
        && trusted(place, command.real())
        && trusted(place, command.found());
  }

  /** A link of that name may lead to another program, but {@code python3} to {@code python3.12}. */
  public static boolean isItself(CommandLine command) {
    var name = command.argv().getFirst();
    var file = command.real().getFileName().toString();
    return file.matches(Pattern.quote(name) + "(-?[0-9.]+)?");
  }

  /** A script of that name is a shim, which runs what a version file of the project names. */
  static boolean isMachineCode(Path program) {
    try (var in = Files.newInputStream(program)) {
      var kind = BinaryKind.of(in.readNBytes(32));
      return kind.startsWith("ELF") || kind.contains("Mach-O");
    } catch (IOException e) {
      return false;
    }
  }

  /** Not of the project, and in no place where others can put one. */
  private static boolean trusted(Place place, Path program) {
    var temporary = place.environment().getOrDefault("TMPDIR", "/tmp");
    return !(place.directory().getNameCount() > 0 && program.startsWith(place.directory()))
        && !program.startsWith("/tmp")
        && !program.startsWith("/var/tmp")
        && !program.startsWith("/dev/shm")
        && !program.startsWith(temporary)
        && !othersMayWrite(program)
        && !othersMayWrite(program.getParent());
  }

  public static boolean othersMayWrite(@Nullable Path path) {
    if (path == null || Files.isSymbolicLink(path)) {
      return false;
    }
    try {
      return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
          .contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return true;
    }
  }
}
