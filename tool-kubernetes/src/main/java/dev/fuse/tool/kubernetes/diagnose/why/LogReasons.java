package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The causes that a log names, each compared with what the cluster has. */
public record LogReasons(Snapshot snapshot, Faults faults) {

  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "User \"system:serviceaccount:([^:]+):([^\"]+)\" cannot (\\w+) resource \"([^\"]+)\" in"
              + " API group \"([^\"]*)\"(?: in the namespace \"([^\"]+)\")?");
  private static final Pattern CLOUD =
      Pattern.compile(
          "metadata\\.google\\.internal|iam\\.serviceAccounts\\.getAccessToken|IAM_PERMISSION_DENIED|could"
              + " not find default credentials|Permission '[a-z]+\\.[\\w.]+'"
              + " denied|AssumeRoleWithWebIdentity|NoCredentialProviders|Unable to locate"
              + " credentials|DefaultAzureCredential|does not have \\S+ access to",
          Pattern.CASE_INSENSITIVE);
  private static final List<String> IDENTITIES =
      List.of(
          "iam.gke.io/gcp-service-account",
          "eks.amazonaws.com/role-arn",
          "azure.workload.identity/client-id");

  public Optional<Reason> of(String workload, Json pod, String container, List<String> log) {
    return new HostCheck(snapshot)
        .compare(pod, container, log)
        .or(() -> forbidden(log))
        .or(() -> cloud(pod, log))
        .or(() -> new ConnectionReasons(snapshot, faults).of(workload, pod, container, log))
        .or(() -> new ProgramReasons(snapshot).of(pod, container, log));
  }

  private Optional<Reason> forbidden(List<String> log) {
    return log.stream()
        .map(FORBIDDEN::matcher)
        .filter(Matcher::find)
        .findFirst()
        .map(this::forbidden);
  }

  private Reason forbidden(Matcher match) {
    var refusal =
        new AccountRules.Refusal(
            match.group(2),
            match.group(1),
            match.group(3),
            match.group(4),
            match.group(5),
            Optional.ofNullable(match.group(6)));
    var accounts = new AccountRules(snapshot);
    var rules = accounts.of(refusal);
    var nearly = accounts.nearly(refusal);
    return new Reason(
        "service account '"
            + refusal.account()
            + "' may only: "
            + (rules.isEmpty() ? "nothing (no role is bound to it)" : String.join("; ", rules))
            + nearly.map(why -> "; " + why).orElse(""),
        "its service account '" + refusal.account() + "' may not " + refusal.words(),
        nearly.isPresent()
            ? "correct that binding"
            : "add "
                + refusal.verb()
                + " on "
                + refusal.resource()
                + " to a role that is bound to it");
  }

  /** As far as the cluster can tell: which cloud identity the pod's account has. */
  private Optional<Reason> cloud(Json pod, List<String> log) {
    if (log.stream().noneMatch(line -> CLOUD.matcher(line).find())) {
      return Optional.empty();
    }
    var name = pod.text("spec.serviceAccountName", "default");
    var account = snapshot.read(Kind.SERVICE_ACCOUNT, pod.namespace(), name).orElse(Json.EMPTY);
    var bound =
        IDENTITIES.stream()
            .filter(key -> account.annotations().containsKey(key))
            .map(key -> key + "=" + account.annotations().get(key))
            .toList();
    var others =
        snapshot.list(Kind.SERVICE_ACCOUNT, pod.namespace()).stream()
            .filter(one -> IDENTITIES.stream().anyMatch(one.annotations()::containsKey))
            .map(Json::name)
            .filter(other -> !other.equals(name))
            .toList();
    var seen =
        "it runs as ServiceAccount '"
            + name
            + "', "
            + (bound.isEmpty()
                ? "which has no annotation that names a cloud identity"
                : "annotated " + String.join(", ", bound))
            + (others.isEmpty() ? "" : "; annotated ones there: " + String.join(", ", others));
    return Optional.of(
        bound.isEmpty()
            ? new Reason(
                seen,
                "the pod acts without a cloud identity of its own (as the node's, if at all)"
                    + (others.isEmpty() ? "" : "; serviceAccountName is not the annotated one"),
                others.isEmpty()
                    ? "annotate the service account and bind it in the cloud's IAM"
                    : "set serviceAccountName to " + others.getFirst())
            : new Reason(
                seen + "; the cloud's side of the binding is not visible from here",
                "that cloud identity lacks the permission, or its binding to "
                    + pod.namespace()
                    + "/"
                    + name
                    + " is missing",
                "check roles of that identity and its workload identity binding"));
  }
}
