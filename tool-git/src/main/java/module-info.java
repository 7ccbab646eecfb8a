import org.jspecify.annotations.NullMarked;

/** Git repositories. */
@NullMarked
module dev.fuse.tool.git {
  requires dev.fuse.core;
  requires static org.jspecify;

  provides dev.fuse.spi.FusePlugin with
      dev.fuse.tool.git.GitPlugin;
}
