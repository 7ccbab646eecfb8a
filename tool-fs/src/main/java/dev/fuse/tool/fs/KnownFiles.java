package dev.fuse.tool.fs;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files known to hold credentials, and files whose change runs code later or opens a door. */
final class KnownFiles {

  private static final List<String> CREDENTIALS =
      List.of(
          ".env",
          ".env.*",
          "*.env",
          ".envrc",
          ".netrc",
          "_netrc",
          ".npmrc",
          ".yarnrc.yml",
          ".pypirc",
          ".pgpass",
          ".my.cnf",
          ".mylogin.cnf",
          ".git-credentials",
          ".htpasswd",
          ".s3cfg",
          ".boto",
          ".databrickscfg",
          ".terraformrc",
          "terraform.rc",
          ".vault-token",
          ".dockercfg",
          "id_{rsa,dsa,ecdsa,ed25519,ecdsa_sk,ed25519_sk}",
          "*.{pem,key,p12,pfx,jks,keystore}",
          "*.{kdbx,ppk,ovpn,kubeconfig}",
          "kubeconfig",
          "*.tfstate",
          "*.tfstate.backup",
          "*.tfvars",
          "credentials",
          "credentials.{json,toml,yaml,yml,db}",
          "application_default_credentials.json",
          "service-account*.json",
          "service_account*.json",
          "secrets.{json,toml,yaml,yml,env}",
          "master.key",
          "settings-security.xml",
          "key4.db",
          "logins.json",
          "login.keychain-db",
          ".{bash,zsh,python,psql,mysql,node_repl,sqlite}_history",
          "shadow",
          "gshadow");

  /** The end of a path, whole names, below whatever home there is. */
  private static final List<String> CREDENTIAL_ENDS =
      List.of(
          ".kube/config",
          ".docker/config.json",
          ".aws/config",
          ".m2/settings.xml",
          ".gradle/gradle.properties",
          ".config/gh/hosts.yml",
          ".config/hub",
          ".config/pip/pip.conf",
          ".pip/pip.conf",
          ".config/rclone/rclone.conf",
          ".config/argocd/config",
          ".argocd/config",
          ".config/helm/registry/config.json",
          ".config/containers/auth.json",
          ".git/config");

  /** A folder of that name holds nothing else. */
  private static final Set<String> CREDENTIAL_FOLDERS =
      Set.of(
          ".ssh",
          ".gnupg",
          ".aws",
          ".azure",
          ".config/gcloud",
          ".password-store",
          "library/keychains");

  private static final Set<String> HARMLESS =
      Set.of(".env.example", ".env.sample", ".env.template", ".env.dist", "known_hosts");

  private static final Set<String> DELICATE =
      Set.of(
          ".bashrc",
          ".bash_profile",
          ".bash_login",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".zlogin",
          ".inputrc",
          ".vimrc",
          ".gitconfig",
          ".gitmodules",
          ".tmux.conf",
          ".mailcap",
          ".kshrc",
          ".cshrc",
          ".login",
          ".npmrc",
          ".envrc",
          ".xprofile",
          ".xinitrc");

  private static final Set<String> DELICATE_FOLDERS =
      Set.of(
          ".git",
          ".fuse",
          ".ssh",
          ".gnupg",
          ".direnv",
          "library/launchagents",
          ".config/autostart",
          ".config/systemd");

  private final List<PathMatcher> names;
  private final Set<Path> named;

  private KnownFiles(List<PathMatcher> names, Set<Path> named) {
    this.names = names;
    this.named = named;
  }

  /** What everybody has, and what the environment names. */
  static KnownFiles of(Optional<Path> home, Map<String, String> environment) {
    var files = FileSystems.getDefault();
    var named =
        Stream.of(
                "KUBECONFIG",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "AWS_SHARED_CREDENTIALS_FILE",
                "AWS_CONFIG_FILE",
                "NETRC",
                "NPM_CONFIG_USERCONFIG",
                "PGPASSFILE",
                "DOCKER_CONFIG",
                "VAULT_TOKEN_PATH",
                "CLOUDSDK_CONFIG")
            .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
            .flatMap(value -> Stream.of(value.split(":", -1)))
            .filter(value -> value.startsWith("/"))
            .flatMap(value -> path(value).stream())
            .collect(Collectors.toUnmodifiableSet());
    return new KnownFiles(
        CREDENTIALS.stream().map(glob -> files.getPathMatcher("glob:" + glob)).toList(), named);
  }

  /** Whether this file, or a folder it lies in, is known to hold credentials. */
  boolean credential(Path path) {
    if (named.stream().anyMatch(path::startsWith)) {
      return true;
    }
    var lower = lower(path);
    var name = lower.getFileName();
    if (name == null || HARMLESS.contains(name.toString()) || name.toString().endsWith(".pub")) {
      return false;
    }
    return names.stream().anyMatch(glob -> glob.matches(name))
        || CREDENTIAL_ENDS.stream().anyMatch(lower::endsWith)
        || hasFolder(lower, CREDENTIAL_FOLDERS)
        || (lower.startsWith("/proc") && name.toString().matches("environ|mem|maps|cmdline"));
  }

  /** Whether changing this file runs code later or opens a door. */
  boolean delicate(Path path) {
    var lower = lower(path);
    var name = lower.getFileName();
    return name != null
        && (DELICATE.contains(name.toString()) || hasFolder(lower, DELICATE_FOLDERS));
  }

  private static boolean hasFolder(Path path, Set<String> folders) {
    var within = path + "/";
    return folders.stream().anyMatch(folder -> within.contains("/" + folder + "/"));
  }

  /** Names that differ by case only may be one file. */
  private static Path lower(Path path) {
    return path(path.toString().toLowerCase(Locale.ROOT)).orElse(path);
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
