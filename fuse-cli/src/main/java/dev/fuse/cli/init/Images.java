package dev.fuse.cli.init;

/** Images by their address. */
final class Images {

  private Images() {}

  /** The connection with an image and the registry that it comes from. */
  static Connection into(Connection one, String image) {
    if (image.isBlank() || image.contains("{{") || image.contains("$")) {
      return one;
    }
    var plain = image.replaceFirst("@sha256:.*$", "");
    int colon = plain.lastIndexOf(':');
    var path = colon > plain.lastIndexOf('/') ? plain.substring(0, colon) : plain;
    var with = one.with("image", image);
    int slash = path.lastIndexOf('/');
    return slash > 0 && path.substring(0, slash).contains(".")
        ? with.with("registry", path.substring(0, slash))
        : with;
  }
}
