package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Finding;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Cloud;
import dev.fuse.tool.gcp.look.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers a question about workloads of a cluster that Google refuses. */
final class Examination {

  private final Access access;
  private final Call call;
  private final Arguments arguments;
  private final String question;

  Examination(Access access, Call call, Arguments arguments, String question) {
    this.access = access;
    this.call = call;
    this.arguments = arguments;
    this.question = question;
  }

  ToolResult run() {
    var cloud = new Cloud(access.google(), call);
    var place = place(cloud);
    if (place.isEmpty()) {
      return nowhere();
    }
    var kube = new Kube(call, place.get().context());
    var scene = new Scene(access, cloud, kube, place.get(), question);
    ahead(scene);
    var finder = new Finder(scene, arguments.findString("namespace").or(access::namespace));
    var workloads = finder.find();
    if (workloads.isEmpty()) {
      return unfound(scene, finder);
    }
    boolean pulls = pulls();
    var chains =
        workloads.stream()
            .map(workload -> Later.of(() -> chain(scene, workload, pulls)))
            .toList()
            .stream()
            .map(Later::get)
            .toList();
    return result(chains, finder.hidden());
  }

  private static Chain chain(Scene scene, Workload workload, boolean pulls) {
    var examiner = new Examiner(scene);
    return pulls
        ? examiner.pulls(workload)
        : examiner.calls(workload, new Wanted(scene).of(workload));
  }

  /** What every examination reads is asked for at once. */
  private static void ahead(Scene scene) {
    var cloud = scene.cloud();
    var home = scene.home();
    Finder.ahead(scene.kube());
    cloud.once("ahead cluster", scene::cluster);
    cloud.once("ahead project", () -> cloud.project(home));
    cloud.once("ahead ancestry", () -> cloud.ancestry(home));
  }

  private boolean pulls() {
    var words = question.toLowerCase(Locale.ROOT);
    return arguments.bool("image", false)
        || words.matches(
            "(?s).*(imagepullbackoff|errimagepull|image ?pull|pull(ing|s|ed)? (the |an? )?image|"
                + "images? .{0,40}(pull|403|denied|forbidden)|downloadartifacts|pkg\\.dev|gcr\\.io"
                + "|artifact ?registry).*");
  }

  /** The cluster that is named, else that of the kube context. */
  private Optional<ClusterPlace> place(Cloud cloud) {
    var context = arguments.findString("context").or(access::kubeContext).orElse("");
    var current = ClusterPlace.of(context);
    var named = arguments.findString("cluster").or(() -> mentioned());
    if (named.isEmpty() || current.filter(one -> one.name().equals(named.get())).isPresent()) {
      return current.or(() -> byServer(cloud, context));
    }
    var others =
        Kube.contexts(call).stream()
            .flatMap(one -> ClusterPlace.of(one.text("name")).stream())
            .filter(one -> one.name().equals(named.get()))
            .findFirst();
    return others.or(() -> current).or(() -> byServer(cloud, context));
  }

  /** {@code cluster NAME} or {@code NAME cluster} in the question. */
  private Optional<String> mentioned() {
    var found =
        java.util.regex.Pattern.compile("\\bcluster ([a-z][a-z0-9-]*[a-z0-9])\\b")
            .matcher(question.toLowerCase(Locale.ROOT));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** A context that somebody renamed still has the cluster's address. */
  private Optional<ClusterPlace> byServer(Cloud cloud, String context) {
    var project = access.standard();
    if (project.isEmpty()) {
      return Optional.empty();
    }
    var servers =
        Kube.contexts(call).stream()
            .filter(one -> context.isEmpty() || one.text("name").equals(context))
            .map(one -> one.text("server").replaceFirst("^https?://", "").replaceFirst("/$", ""))
            .toList();
    return cloud.clusters(project.get()).find().orElse(List.of()).stream()
        .filter(one -> addresses(one).anyMatch(servers::contains))
        .map(
            one -> new ClusterPlace(project.get(), one.text("location"), one.text("name"), context))
        .findFirst();
  }

  private static Stream<String> addresses(Json cluster) {
    return Stream.of(
            "endpoint",
            "privateClusterConfig.privateEndpoint",
            "controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint")
        .flatMap(path -> cluster.find(path).stream());
  }

  private ToolResult nowhere() {
    return ToolResult.ok("No GKE cluster is known here: no kube context is one of GKE.")
        .findings(
            List.of(
                Finding.info("GKE cluster", "no kube context belongs to a GKE cluster")
                    .notChecked("the identity chain: name the cluster, or get its credentials")));
  }

  /** No workload is meant that could be found: what the question itself says is looked at. */
  private ToolResult unfound(Scene scene, Finder finder) {
    var needs = new Wanted(scene).ofQuestion();
    var email =
        java.util.regex.Pattern.compile("[a-z0-9-]+@[a-z0-9.:-]+gserviceaccount\\.com")
            .matcher(question);
    if (email.find() && !needs.isEmpty()) {
      var chain = new Chain(email.group() + " → " + needs.get(0).resource().words());
      var actor = Actor.of(dev.fuse.tool.gcp.look.Principal.account(email.group()));
      needs.forEach(need -> new ResourceHops(scene, chain, actor).check(need, false));
      return result(List.of(chain), finder.hidden());
    }
    var why = finder.hidden().stream().limit(4).toArray(String[]::new);
    return ToolResult.ok(
            "No workload of cluster "
                + scene.place().name()
                + " is named in the question"
                + (why.length == 0 ? "." : "; not everything could be listed."))
        .findings(
            why.length == 0
                ? List.of()
                : List.of(
                    Finding.info("cluster " + scene.place().name(), "its workloads are not seen")
                        .notChecked(why)));
  }

  private static ToolResult result(List<Chain> chains, List<String> hidden) {
    var findings = new ArrayList<Finding>();
    chains.stream()
        .sorted(java.util.Comparator.comparing(chain -> !chain.broken()))
        .forEach(chain -> findings.addAll(chain.findings()));
    var text = chains.stream().map(Chain::text).collect(Collectors.joining("\n"));
    var more =
        hidden.isEmpty()
            ? ""
            : "\nNot listed: " + String.join("; ", hidden.stream().limit(4).toList());
    return ToolResult.ok(text + more)
        .structured(chains.stream().map(Chain::structured).toList())
        .findings(findings);
  }
}
