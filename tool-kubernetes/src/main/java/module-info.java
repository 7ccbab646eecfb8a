import org.jspecify.annotations.NullMarked;

/** Kubernetes clusters. */
@NullMarked
module dev.fuse.tool.kubernetes {
  requires dev.fuse.core;
  requires java.net.http;
  requires static org.jspecify;

  provides dev.fuse.spi.FusePlugin with
      dev.fuse.tool.kubernetes.KubernetesPlugin;
}
