package dev.fuse.tool.git.repo;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Files that are known to hold credentials: their content in history asks before it is read. */
public final class CredentialFiles {

  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile("(.*/)?\\.env(\\.(?!example$|sample$|template$|dist$)[^/]*)?"),
          Pattern.compile(".*\\.(env|pem|key|p12|pfx|jks|keystore|kdbx|ppk|tfstate|tfvars)"),
          Pattern.compile("(.*/)?id_(rsa|dsa|ecdsa|ed25519)(_sk)?"),
          Pattern.compile(
              "(.*/)?(\\.netrc|_netrc|\\.npmrc|\\.pypirc|\\.pgpass|\\.git-credentials)"),
          Pattern.compile("(.*/)?(\\.envrc|\\.htpasswd|\\.my\\.cnf|\\.dockercfg|\\.vault-token)"),
          Pattern.compile(
              "(.*/)?(kubeconfig|.*\\.kubeconfig|\\.kube/config|\\.docker/config\\.json)"),
          Pattern.compile("(.*/)?(credentials|secrets)(\\.(json|toml|ya?ml|env))?"),
          Pattern.compile("(.*/)?service[-_]account[^/]*\\.json"),
          Pattern.compile("(.*/)?(application_default_credentials\\.json|settings-security\\.xml)"),
          Pattern.compile("(.*/)?\\.(ssh|aws|gnupg)/.*"));

  private CredentialFiles() {}

  public static boolean has(String path) {
    var lower = path.toLowerCase(Locale.ROOT);
    return !lower.endsWith(".pub")
        && NAMES.stream().anyMatch(name -> name.matcher(lower).matches());
  }
}
