package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.api.Json;

/** The annotation that names the Google service account of a Kubernetes one. */
final class Annotation {

  static final String KEY = "iam.gke.io/gcp-service-account";

  private Annotation() {}

  /** The account that an object names; empty where it names none. */
  static String of(Json account) {
    return account.at("metadata.annotations").fields().get(KEY) instanceof String email
        ? email.strip()
        : "";
  }
}
