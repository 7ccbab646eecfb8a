package dev.fuse.tool.gcp.api;

import java.util.Locale;

/** The APIs that are called, each with the name by which gcloud overrides its endpoint. */
public enum Api {
  CONTAINER("container", "https://container.googleapis.com/"),
  PROJECTS("cloudresourcemanager", "https://cloudresourcemanager.googleapis.com/"),
  IAM("iam", "https://iam.googleapis.com/"),
  TROUBLESHOOTER("policytroubleshooter", "https://policytroubleshooter.googleapis.com/"),
  LOGGING("logging", "https://logging.googleapis.com/"),
  ARTIFACTS("artifactregistry", "https://artifactregistry.googleapis.com/"),
  ASSETS("cloudasset", "https://cloudasset.googleapis.com/"),
  SERVICES("serviceusage", "https://serviceusage.googleapis.com/"),
  SECRETS("secretmanager", "https://secretmanager.googleapis.com/"),
  PUBSUB("pubsub", "https://pubsub.googleapis.com/"),
  ORG_POLICY("orgpolicy", "https://orgpolicy.googleapis.com/"),
  FLEET("gkehub", "https://gkehub.googleapis.com/"),
  STORAGE("storage", "https://storage.googleapis.com/storage/v1/"),
  COMPUTE("compute", "https://compute.googleapis.com/compute/v1/"),
  SQL("sqladmin", "https://sqladmin.googleapis.com/");

  private final String service;
  private final String root;

  Api(String service, String root) {
    this.service = service;
    this.root = root;
  }

  /** The name that {@code gcloud services enable} takes. */
  public String service() {
    return service + ".googleapis.com";
  }

  String root() {
    return root;
  }

  /** The key below {@code api_endpoint_overrides} of gcloud's configuration. */
  String override() {
    return service;
  }

  /** The variable that overrides the endpoint, before any file. */
  String variable() {
    return "CLOUDSDK_API_ENDPOINT_OVERRIDES_" + service.toUpperCase(Locale.ROOT);
  }
}
