package dev.fuse.tool.gcp.api;

/** Where each API answers, by gcloud's own conventions for overrides. */
final class Endpoints {

  private final Gcloud gcloud;
  private final java.util.Map<String, String> environment;

  Endpoints(java.util.Map<String, String> environment, Gcloud gcloud) {
    this.environment = environment;
    this.gcloud = gcloud;
  }

  /** The URL of a path of an API. */
  String url(Api api, String path) {
    return root(api) + path;
  }

  private String root(Api api) {
    var root =
        Gcloud.set(environment, api.variable())
            .or(() -> gcloud.find("api_endpoint_overrides", api.override()))
            .orElse(api.root());
    return root.endsWith("/") ? root : root + "/";
  }
}
