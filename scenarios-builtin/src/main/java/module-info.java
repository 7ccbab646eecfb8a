import org.jspecify.annotations.NullMarked;

/** The built-in scenarios. */
@NullMarked
module dev.fuse.scenarios {
  requires dev.fuse.core;
  requires static org.jspecify;

  provides dev.fuse.spi.FusePlugin with
      dev.fuse.scenarios.ScenariosPlugin;
}
