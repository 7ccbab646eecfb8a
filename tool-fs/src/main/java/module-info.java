import org.jspecify.annotations.NullMarked;

/** Files, processes and the state of the local system. */
@NullMarked
module dev.fuse.tool.fs {
  requires dev.fuse.core;
  requires java.xml;
  requires static org.jspecify;

  provides dev.fuse.spi.FusePlugin with
      dev.fuse.tool.fs.FsPlugin;
}
