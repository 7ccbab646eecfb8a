import org.jspecify.annotations.NullMarked;

/** Google Cloud, GKE and IAM. */
@NullMarked
module dev.fuse.tool.gcp {
  requires dev.fuse.core;
  requires static org.jspecify;

  provides dev.fuse.spi.FusePlugin with
      dev.fuse.tool.gcp.GcpPlugin;
}
