package dev.fuse.tool.git.repo;

import java.io.File;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The machine as JGit sees it: the environment that the host gives, the person's and the system's
 * Git configuration, and nothing that JGit would measure or write by itself.
 */
final class HostSystem extends SystemReader.Delegate {

  private static final File NOTHING = new File("/dev/null");

  private final Map<String, String> environment;
  private final FS files;

  HostSystem(SystemReader machine, Map<String, String> environment, FS files) {
    super(machine);
    this.environment = Map.copyOf(environment);
    this.files = files;
  }

  @Override
  public @Nullable String getenv(String variable) {
    return environment.get(variable);
  }

  /** Reads the two files that git reads for a person, in its order. */
  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS same) {
    var named = find("GIT_CONFIG_GLOBAL");
    if (named.isPresent()) {
      return new Person(parent, named.get(), files);
    }
    var home = files.userHome();
    var folder = find("XDG_CONFIG_HOME").orElse(new File(home, ".config"));
    var shared = new FileBasedConfig(parent, new File(folder, "git/config"), files);
    return new Person(shared, new File(home, ".gitconfig"), files);
  }

  /** Reads the usual file; JGit would start git to ask where it is. */
  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS same) {
    var file = find("GIT_CONFIG_SYSTEM").orElse(new File("/etc/gitconfig"));
    boolean none = find("GIT_CONFIG_NOSYSTEM").isPresent();
    return new FileBasedConfig(parent, none ? NOTHING : file, files);
  }

  /** JGit's own settings are not wanted. */
  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS same) {
    return new FileBasedConfig(parent, NOTHING, files);
  }

  private Optional<File> find(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isEmpty())
        .map(File::new);
  }

  /**
   * The person's configuration, which also tells JGit how exact file times are: it would find out
   * by writing probe files for seconds, and note the result in that file.
   */
  private static final class Person extends FileBasedConfig {

    private static final Duration EXACT = Duration.ofMillis(20);

    Person(@Nullable Config parent, File file, FS files) {
      super(parent, file, files);
    }

    @Override
    public long getTimeUnit(
        String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
      return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
          ? unit.convert(EXACT)
          : super.getTimeUnit(section, subsection, name, otherwise, unit);
    }

    @Override
    public void save() {
      throw new UnsupportedOperationException("the person's Git configuration is not written");
    }
  }
}
