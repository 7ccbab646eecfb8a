import org.jspecify.annotations.NullMarked;

/** GitHub repositories, Actions and their secrets. */
@NullMarked
module dev.fuse.tool.github {
  requires dev.fuse.core;
  requires java.net.http;
  requires static org.jspecify;

  provides dev.fuse.spi.FusePlugin with
      dev.fuse.tool.github.GitHubPlugin;
}
