package dev.fuse.tool.fs.place;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files known to hold credentials, and files whose change runs code later or opens a door. Names
 * are compared in lower case, as two that differ by case only may be one file.
 *
 * @param named files and folders that the environment names
 */
public record KnownFiles(Set<String> named) {

  private static final Set<String> CREDENTIALS =
      Set.of(
          ".env",
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
          "kubeconfig",
          "credentials",
          "application_default_credentials.json",
          "master.key",
          "settings-security.xml",
          "key4.db",
          "logins.json",
          "login.keychain-db",
          "shadow",
          "gshadow");

  private static final Pattern CREDENTIAL_NAME =
      Pattern.compile(
          "kubeconfig[._-].+|client_secret.*\\.json|\\.env\\..+|.+\\.env|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[._-].*)?"
              + "|.+\\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|ovpn|kubeconfig|tfvars)"
              + "|.+\\.tfstate(?:\\..*)?|.+\\.tfvars\\.json"
              + "|(?:credentials|secrets)\\.(?:json|toml|ya?ml|db|env)"
              + "|service[-_]account.*\\.json|\\.\\w+_history");

  private static final Set<String> EXTENSIONS =
      Set.of(
          "env",
          "pem",
          "key",
          "p12",
          "pfx",
          "jks",
          "keystore",
          "kdbx",
          "ppk",
          "ovpn",
          "kubeconfig");

  /** The end of a path, whole names, below whatever home there is. */
  private static final List<String> CREDENTIAL_ENDS =
      List.of(
          "/.kube/config",
          "/.docker/config.json",
          "/.m2/settings.xml",
          "/.gradle/gradle.properties",
          "/.config/gh/hosts.yml",
          "/.config/hub",
          "/.config/pip/pip.conf",
          "/.pip/pip.conf",
          "/.config/rclone/rclone.conf",
          "/.config/argocd/config",
          "/.argocd/config",
          "/.config/helm/registry/config.json",
          "/.config/containers/auth.json",
          "/.git/config");

  /** A folder of that name holds nothing else. */
  private static final List<String> CREDENTIAL_FOLDERS =
      List.of(
          "/.ssh/",
          "/.gnupg/",
          "/.aws/",
          "/.azure/",
          "/.config/gcloud/",
          "/.password-store/",
          "/library/keychains/");

  private static final Pattern HARMLESS =
      Pattern.compile("\\.env\\.(?:example|sample|template|dist)|known_hosts|.*\\.pub");

  /** Of other processes: their environment, memory and arguments. */
  private static final Pattern OF_PROCESS =
      Pattern.compile("/proc/.*/(?:environ|mem|maps|cmdline)");

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
          ".xinitrc",
          ".bash_logout",
          ".zlogout",
          ".pre-commit-config.yaml",
          "lefthook.yml",
          ".gitlab-ci.yml",
          ".travis.yml",
          ".drone.yml",
          ".woodpecker.yml",
          "jenkinsfile",
          "azure-pipelines.yml",
          "bitbucket-pipelines.yml",
          "cloudbuild.yaml",
          "buildspec.yml",
          "crontab",
          "agents.md",
          "claude.md",
          "gemini.md",
          ".cursorrules",
          ".mcp.json");

  private static final List<String> DELICATE_FOLDERS =
      List.of(
          "/.git/",
          "/.fuse/",
          "/.ssh/",
          "/.gnupg/",
          "/.direnv/",
          "/library/launchagents/",
          "/.config/autostart/",
          "/.config/systemd/",
          "/.github/workflows/",
          "/.github/actions/",
          "/.circleci/",
          "/.buildkite/",
          "/.forgejo/workflows/",
          "/.gitea/workflows/",
          "/.husky/",
          "/.config/fish/",
          "/etc/cron.d/",
          "/etc/cron.daily/",
          "/etc/cron.hourly/",
          "/etc/cron.weekly/",
          "/etc/cron.monthly/",
          "/var/spool/cron/",
          "/etc/profile.d/",
          "/library/launchdaemons/",
          "/.claude/",
          "/.codex/",
          "/.cursor/",
          "/.gemini/",
          "/.continue/",
          "/.vscode/");

  /** What everybody has, and what the environment names. */
  public static KnownFiles of(Map<String, String> environment) {
    return new KnownFiles(
        Stream.of(
                "KUBECONFIG",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "AWS_SHARED_CREDENTIALS_FILE",
                "AWS_CONFIG_FILE",
                "NETRC",
                "NPM_CONFIG_USERCONFIG",
                "PGPASSFILE",
                "DOCKER_CONFIG",
                "CLOUDSDK_CONFIG")
            .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
            .flatMap(value -> Stream.of(value.split(":", -1)))
            .filter(value -> value.startsWith("/") && value.length() > 1)
            .map(KnownFiles::lower)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether this file, or a folder it lies in, is known to hold credentials. */
  public boolean credential(Path path) {
    var whole = lower(path.toString());
    var name = whole.substring(whole.lastIndexOf('/') + 1);
    boolean known =
        CREDENTIALS.contains(name)
            || (unusual(name) && CREDENTIAL_NAME.matcher(name).matches())
            || within(whole, CREDENTIAL_FOLDERS)
            || endsLikeOne(whole)
            || (whole.startsWith("/proc/") && OF_PROCESS.matcher(whole).matches());
    return (known && !HARMLESS.matcher(name).matches()) || isNamed(whole);
  }

  /** Whether changing this file runs code later or opens a door. */
  boolean delicate(Path path) {
    var whole = lower(path.toString());
    return DELICATE.contains(whole.substring(whole.lastIndexOf('/') + 1))
        || within(whole, DELICATE_FOLDERS);
  }

  /** A cheap look before the expression: a search asks this of every file. */
  private static boolean unusual(String name) {
    return name.startsWith(".")
        || name.startsWith("id_")
        || name.startsWith("credentials.")
        || name.startsWith("secrets.")
        || name.startsWith("service")
        || name.startsWith("kubeconfig")
        || name.startsWith("client_secret")
        || name.contains(".tf")
        || EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  // A search asks this of every file, so that these are loops.

  private boolean isNamed(String whole) {
    for (var file : named) {
      if (whole.equals(file) || whole.startsWith(file.endsWith("/") ? file : file + "/")) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsLikeOne(String whole) {
    for (var end : CREDENTIAL_ENDS) {
      if (whole.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean within(String whole, List<String> folders) {
    if (!whole.contains("/.") && !whole.contains("/library/")) {
      return false;
    }
    var closed = whole + "/";
    return folders.stream().anyMatch(closed::contains);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
