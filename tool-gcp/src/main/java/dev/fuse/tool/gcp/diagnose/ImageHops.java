package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import dev.fuse.tool.gcp.look.AccessCheck;
import dev.fuse.tool.gcp.look.Cel.Truth;
import dev.fuse.tool.gcp.look.Principal;
import dev.fuse.tool.gcp.look.Resource;
import dev.fuse.tool.gcp.look.Seen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** From a node to the image that it pulls; the pod's own account plays no part. */
final class ImageHops {

  private static final String PULL = "artifactregistry.repositories.downloadArtifacts";
  private static final Pattern ARTIFACT =
      Pattern.compile(
          "([a-z0-9-]+)-docker\\.pkg\\.dev/([a-z][a-z0-9:.-]+)/([\\w.-]+)/([\\w./-]+?)(?::([\\w.-]+))?(?:@(sha256:[a-f0-9]{64}))?");
  private static final Pattern OLD =
      Pattern.compile(
          "((?:[a-z]+\\.)?gcr\\.io)/([a-z][a-z0-9:.-]+)/([\\w./-]+?)(?::([\\w.-]+))?(?:@(sha256:[a-f0-9]{64}))?");

  private final Scene scene;
  private final Chain chain;
  private final Workload workload;

  ImageHops(Scene scene, Chain chain, Workload workload) {
    this.scene = scene;
    this.chain = chain;
    this.workload = workload;
  }

  /**
   * An image in Google's registry.
   *
   * @param image its path in the repository
   * @param tag empty where it is named by digest
   */
  record Image(Resource repository, String image, String tag) {

    static Optional<Image> of(String text) {
      var found = ARTIFACT.matcher(text);
      if (found.matches()) {
        var repository =
            new Resource(Resource.Kind.REPOSITORY, found.group(2), found.group(1), found.group(3));
        return Optional.of(new Image(repository, found.group(4), tag(found.group(5))));
      }
      var old = OLD.matcher(text);
      if (!old.matches()) {
        return Optional.empty();
      }
      // Container Registry lives on as repositories of Artifact Registry that bear its hosts'
      // names.
      var location =
          switch (old.group(1)) {
            case "eu.gcr.io" -> "europe";
            case "asia.gcr.io" -> "asia";
            default -> "us";
          };
      var repository = new Resource(Resource.Kind.REPOSITORY, old.group(2), location, old.group(1));
      return Optional.of(new Image(repository, old.group(3), tag(old.group(4))));
    }

    @SuppressWarnings("NullAway")
    private static String tag(String group) {
      return group == null ? "" : group;
    }
  }

  void check() {
    var images = workload.images().stream().flatMap(one -> Image.of(one).stream()).toList();
    if (images.isEmpty()) {
      chain.add(
          Hop.unknown(
              "images of " + workload.words() + ": " + String.join(", ", workload.images()),
              "none is in a registry of Google"));
      return;
    }
    switch (scene.cluster()) {
      case Seen.Unseen<Json>(var why) ->
          chain.add(Hop.unknown("node pools of cluster " + scene.place().name(), why.inShort()));
      case Seen.Found<Json>(var cluster) -> {
        var where = new Pools(scene, cluster).of(workload);
        images.stream().distinct().limit(3).forEach(image -> image(image, where));
      }
    }
  }

  private void image(Image image, Pools.Where where) {
    secrets();
    var repository = image.repository();
    enabled(repository);
    exists(image);
    var number = scene.cloud().number(scene.home());
    where.pools().stream()
        .map(pool -> Pools.account(pool, number))
        .distinct()
        .limit(3)
        .forEach(
            account ->
                pool(
                    repository,
                    account,
                    where.pools().stream()
                        .filter(pool -> Pools.account(pool, number).equals(account))
                        .toList()));
  }

  private void secrets() {
    var names =
        workload.spec().list("imagePullSecrets").stream().map(one -> one.text("name")).toList();
    if (!names.isEmpty()) {
      chain.note(
          Finding.info(
              workload.words(),
              "it pulls with imagePullSecrets " + String.join(", ", names) + " first"));
    }
  }

  private void enabled(Resource repository) {
    var service = Api.ARTIFACTS.service();
    switch (scene.cloud().enabled(repository.project(), service)) {
      case Seen.Found<Boolean>(var enabled) when enabled ->
          chain.add(Hop.ok(service + " is enabled in " + repository.project(), "Service Usage"));
      case Seen.Found<Boolean> _ ->
          chain.broken(
              Hop.broken(service + " is not enabled in " + repository.project(), "Service Usage"),
              Finding.error(
                  "project " + repository.project(),
                  "the API " + service + " is disabled there",
                  "no image can be pulled from it",
                  "enable it: gcloud services enable "
                      + service
                      + " --project="
                      + repository.project()));
      case Seen.Unseen<Boolean>(var why) ->
          chain.add(
              Hop.unknown(
                  "whether " + service + " is enabled in " + repository.project(), why.inShort()));
    }
  }

  private void exists(Image image) {
    var repository = image.repository();
    if (scene.cloud().resource(repository).missing()) {
      chain.broken(
          Hop.broken(repository.words(scene.home()) + " does not exist", "Artifact Registry"),
          Finding.error(
              repository.words(scene.home()),
              "the repository does not exist in " + repository.location(),
              "the image's address is wrong, or the repository was deleted",
              "correct the image's address"));
      return;
    }
    var path = "v1/" + repository.path() + "/packages/" + Request.encode(image.image()) + "/tags";
    var tags =
        scene.cloud().askAll(Request.get(Api.ARTIFACTS, path, "tags of " + image.image()), "tags");
    switch (tags) {
      case Seen.Unseen<List<Json>>(var why) ->
          chain.add(Hop.unknown("whether image " + image.image() + " is there", why.inShort()));
      case Seen.Found<List<Json>>(var list) -> {
        boolean there =
            image.tag().isEmpty()
                || list.stream().anyMatch(one -> one.text("name").endsWith("/tags/" + image.tag()));
        if (there) {
          chain.add(
              Hop.ok(
                  "image " + image.image() + ":" + image.tag() + " is there", "Artifact Registry"));
          return;
        }
        absent(image, list);
      }
    }
  }

  private void absent(Image image, List<Json> list) {
    var others =
        list.stream().map(one -> one.text("name").replaceFirst("^.*/", "")).limit(5).toList();
    chain.broken(
        Hop.broken("image " + image.image() + " has no tag " + image.tag(), "Artifact Registry"),
        Finding.error(
            "image " + image.image() + ":" + image.tag(),
            "repository "
                + image.repository().name()
                + " has no such tag"
                + (others.isEmpty() ? "; it has none of this image" : "; it has " + others),
            "the image was not pushed, or the tag is misspelt",
            "push it, or correct the tag"));
  }

  private void pool(Resource repository, String account, List<Json> pools) {
    var names = pools.stream().map(pool -> pool.text("name")).toList();
    var nodes = "nodes of pool " + String.join(", ", names);
    chain.add(Hop.ok(nodes + " pull as " + account, "GKE node pool"));
    usable(account, nodes);
    for (var pool : pools) {
      var scopes = pool.texts("config.oauthScopes");
      if (!Scopes.allow(scopes, Resource.Kind.REPOSITORY, PULL)) {
        chain.broken(
            Hop.broken("scopes of pool " + pool.text("name") + " leave out the registry", "GKE"),
            Finding.error(
                "node pool " + pool.text("name"),
                "its OAuth scopes are " + Scopes.words(scopes) + ", without devstorage.read_only",
                "the node may not pull images, whatever the roles of " + account + " are",
                "use a pool with the scope cloud-platform or devstorage.read_only"));
      }
    }
    role(repository, account, nodes);
  }

  private void usable(String account, String nodes) {
    switch (scene.cloud().account(account)) {
      case Seen.Found<Json>(var found) when found.truth("disabled") ->
          chain.broken(
              Hop.broken("the nodes' account " + account + " is disabled", "IAM"),
              Finding.error(
                  "service account " + account,
                  "it is disabled"
                      + new History(scene.cloud())
                          .sentence(scene.home(), account, History.method("DisableServiceAccount")),
                  nodes + " pull as this account",
                  "enable it: gcloud iam service-accounts enable " + account));
      case Seen.Found<Json> _ -> chain.add(Hop.ok(account + " is enabled", "IAM"));
      case Seen.Unseen<Json>(var why) when why.missing() ->
          chain.broken(
              Hop.broken("the nodes' account " + account + " does not exist", "IAM"),
              Finding.error(
                  "service account " + account,
                  "it does not exist",
                  nodes + " pull as this account",
                  "undelete it, or move the workload to a pool with another account"));
      case Seen.Unseen<Json>(var why) ->
          chain.add(Hop.unknown("whether " + account + " is enabled", why.inShort()));
    }
  }

  private void role(Resource repository, String account, String nodes) {
    var who = Principal.account(account);
    var verdict = new AccessCheck(scene.cloud()).check(who, PULL, repository, repository.project());
    chain.hide(verdict.hidden());
    var on = repository.words(scene.home());
    switch (verdict.state()) {
      case GRANTED -> chain.add(Hop.ok(account + " may pull from " + on, "policies"));
      case DENIED ->
          chain.broken(
              Hop.broken("a deny policy keeps " + account + " from pulling", "IAM v2"),
              Refusals.denied(scene, verdict.denials(), who, PULL, repository));
      case UNKNOWN ->
          chain.add(
              Hop.unknown(
                  "whether " + account + " may pull from " + on,
                  verdict.hidden().isEmpty() ? "groups or conditions" : verdict.hidden().get(0)));
      case NOT_GRANTED -> refused(repository, account, nodes, who, verdict);
    }
  }

  private void refused(
      Resource repository,
      String account,
      String nodes,
      Principal who,
      AccessCheck.Verdict verdict) {
    var on = repository.words(scene.home());
    var condition =
        verdict.near().stream()
            .filter(one -> one.permitted() == Truth.YES && one.binding().conditional())
            .findFirst();
    var hop = Hop.broken(account + " may not pull from " + on, "policies from the repository up");
    if (condition.isPresent()) {
      chain.broken(hop, Refusals.condition(scene, condition.get(), who, PULL, repository));
      return;
    }
    var role = "roles/artifactregistry.reader";
    var defaults = account.endsWith("-compute@developer.gserviceaccount.com") ? defaults() : "";
    chain.broken(
        hop,
        Finding.error(
            workload.words(),
            "its image is pulled by the node as "
                + account
                + ", which has no "
                + role
                + " ("
                + PULL
                + ") on "
                + on
                + defaults,
            "images are pulled with the account of the " + nodes + ", not with the pod's own",
            new Fix(scene.access().directory(), scene.home())
                .grant(repository, role, "serviceAccount:" + account)));
  }

  /** New default accounts get no role where an organisation policy says so. */
  private String defaults() {
    boolean off =
        scene
            .cloud()
            .constraint(scene.home(), "iam.automaticIamGrantsForDefaultServiceAccounts")
            .find()
            .map(json -> json.list("spec.rules"))
            .orElse(List.of())
            .stream()
            .anyMatch(rule -> rule.truth("enforce"));
    return off
        ? "; organisation policy iam.automaticIamGrantsForDefaultServiceAccounts keeps default"
            + " accounts without roles"
        : "";
  }
}
