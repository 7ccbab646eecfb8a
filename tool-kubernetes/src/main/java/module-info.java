import org.jspecify.annotations.NullMarked;

/** Kubernetes clusters. */
@NullMarked
module dev.fuse.tool.kubernetes {
  requires dev.fuse.core;
  requires static org.jspecify;
}
