package dev.fuse.tool.gcp.api;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who calls Google, found as Google's own libraries find it: a token file, a credentials file, the
 * application default credentials, the metadata server; impersonation on top.
 *
 * @param credentials scoped, refreshing themselves
 * @param account the account's e-mail address, or what is known of it
 * @param source where the credentials come from, for people
 * @param quotaProject the project that a person's calls count in
 */
public record Login(
    GoogleCredentials credentials, String account, String source, Optional<String> quotaProject) {

  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/cloud-platform");
  private static final String REMEDY =
      "sign in with 'gcloud auth application-default login', or set GOOGLE_APPLICATION_CREDENTIALS"
          + " to a credentials file";

  /**
   * Finds the credentials; calls nobody unless all files are missing.
   *
   * @param impersonate an account to act as, empty for none
   * @throws ToolFailure of kind CREDENTIALS if there are none, or they cannot be read
   */
  static Login find(Map<String, String> environment, Gcloud gcloud, String impersonate) {
    var own = own(environment, gcloud);
    var quota =
        Gcloud.set(environment, "GOOGLE_CLOUD_QUOTA_PROJECT")
            .or(() -> gcloud.find("billing", "quota_project"))
            .filter(name -> !name.equals("CURRENT_PROJECT") && !name.equals("LEGACY"))
            .or(() -> Optional.ofNullable(own.credentials().getQuotaProjectId()));
    if (impersonate.isEmpty()) {
      return new Login(own.credentials(), own.account(), own.source(), quota);
    }
    var acting =
        ImpersonatedCredentials.create(own.credentials(), impersonate, List.of(), SCOPES, 3600);
    return new Login(acting, impersonate, "impersonated by " + own.account(), quota);
  }

  private static Login own(Map<String, String> environment, Gcloud gcloud) {
    var token = gcloud.find("auth", "access_token_file");
    if (token.isPresent()) {
      var value = read(Path.of(token.get())).strip();
      var credentials = GoogleCredentials.create(new AccessToken(value, null));
      return new Login(credentials, "(token)", "auth/access_token_file", Optional.empty());
    }
    var named =
        Gcloud.set(environment, "GOOGLE_APPLICATION_CREDENTIALS")
            .or(() -> gcloud.find("auth", "credential_file_override"));
    if (named.isPresent()) {
      return file(Path.of(named.get()), named.get());
    }
    var standard = gcloud.folder().resolve("application_default_credentials.json");
    return Files.isRegularFile(standard)
        ? file(standard, "application default credentials")
        : machine(environment);
  }

  private static Login file(Path file, String source) {
    try {
      var bytes = read(file).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      var credentials =
          GoogleCredentials.fromStream(new ByteArrayInputStream(bytes)).createScoped(SCOPES);
      var account =
          switch (credentials) {
            case ServiceAccountCredentials key -> key.getClientEmail();
            case ImpersonatedCredentials acting -> acting.getAccount();
            case ExternalAccountCredentials outside ->
                Optional.ofNullable(outside.getServiceAccountEmail()).orElse("(federated)");
            case UserCredentials _ ->
                Json.parse(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                    .flatMap(json -> json.find("account"))
                    .orElse("(your own account)");
            default -> "(" + credentials.getAuthenticationType() + ")";
          };
      return new Login(credentials, account, source, Optional.empty());
    } catch (IOException | IllegalArgumentException e) {
      throw failed("'" + file + "' holds no credentials: " + e.getMessage());
    }
  }

  private static Login machine(Map<String, String> environment) {
    boolean named = Gcloud.set(environment, "GCE_METADATA_HOST").isPresent();
    if (!named && !onGoogle()) {
      throw failed("there are no Google Cloud credentials here");
    }
    var credentials = ComputeEngineCredentials.newBuilder().setScopes(SCOPES).build();
    String account;
    try {
      account = credentials.getAccount();
    } catch (RuntimeException _) {
      throw failed("the metadata server does not answer, and there are no other credentials");
    }
    return new Login(credentials, account, "metadata server", Optional.empty());
  }

  /** Without asking the network: a laptop would wait for seconds. */
  private static boolean onGoogle() {
    try {
      var product = Path.of("/sys/class/dmi/id/product_name");
      return Files.isReadable(product) && Files.readString(product).startsWith("Google");
    } catch (IOException _) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException | RuntimeException _) {
      throw failed("the credentials file '" + file + "' cannot be read");
    }
  }

  private static ToolFailure failed(String problem) {
    return new ToolFailure(Kind.CREDENTIALS, problem, REMEDY);
  }

  /**
   * A token that is good now.
   *
   * @throws ToolFailure of kind CREDENTIALS if none is to be had
   */
  String token(HttpTransport transport) {
    try {
      credentials.refreshIfExpired();
      var token = credentials.getAccessToken();
      if (token == null) {
        throw failed("no access token for '" + account + "' came back");
      }
      return token.getTokenValue();
    } catch (IOException e) {
      throw new ToolFailure(
          Kind.CREDENTIALS, "no access token for '" + account + "': " + why(e), remedy(why(e)));
    }
  }

  private static String why(IOException e) {
    var text = String.valueOf(e.getMessage());
    var cause = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
    for (var known : List.of("Robot is disabled", "account not found", "Invalid JWT Signature")) {
      if ((text + cause).contains(known)) {
        return known;
      }
    }
    var whole = cause.contains("error_description") ? cause : text;
    return whole.lines().findFirst().orElse("") + description(whole);
  }

  private static String description(String text) {
    var found =
        java.util.regex.Pattern.compile("\"error_description\"\\s*:\\s*\"([^\"]{1,200})\"")
            .matcher(text);
    return found.find() ? ": " + found.group(1) : "";
  }

  private static String remedy(String why) {
    return switch (why) {
      case "Robot is disabled" ->
          "the service account is disabled: an administrator enables it with 'gcloud iam"
              + " service-accounts enable', or use another one";
      case "account not found" -> "the key's service account was deleted: use another one";
      case "Invalid JWT Signature" -> "the key was deleted or disabled: use another one";
      default -> REMEDY;
    };
  }
}
