package dev.fuse.tool.github.secret;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Knows keys of clouds for which a workflow could show its own identity instead. */
final class LongLived {

  private static final Pattern GOOGLE =
      Pattern.compile("(?:GCP|GCLOUD|GOOGLE|GKE|GAR|GCR)_.*(?:KEY|CREDENTIALS|SA|JSON)|.*_SA_KEY");
  private static final Pattern AWS =
      Pattern.compile("(?:.*_)?AWS_(?:SECRET_ACCESS_KEY|ACCESS_KEY_ID|SECRET_KEY)(?:_.*)?");
  private static final Pattern AZURE =
      Pattern.compile("AZURE_(?:CREDENTIALS|CLIENT_SECRET|SP_.*)|ARM_CLIENT_SECRET");

  private LongLived() {}

  /** What to use instead of a key that is read so; empty where it is not one. */
  static Optional<String> of(String name, List<Usage> readers) {
    if (read(readers, "credentials_json")
        || read(readers, "service_account_key")
        || GOOGLE.matcher(name).matches()) {
      return Optional.of(
          "Workload Identity Federation (google-github-actions/auth with workload_identity_provider and `permissions: id-token: write`)");
    }
    if (read(readers, "aws-secret-access-key") || AWS.matcher(name).matches()) {
      return Optional.of(
          "OIDC (aws-actions/configure-aws-credentials with role-to-assume and `permissions: id-token: write`)");
    }
    if (read(readers, "creds") || AZURE.matcher(name).matches()) {
      return Optional.of(
          "OIDC with a federated credential (azure/login with client-id and `permissions: id-token: write`)");
    }
    return Optional.empty();
  }

  private static boolean read(List<Usage> readers, String key) {
    return readers.stream().anyMatch(it -> it.reference().key().equals(key));
  }
}
