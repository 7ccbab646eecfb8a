package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.diagnose.AccountHops.Identity;
import dev.fuse.tool.gcp.look.Principal;
import dev.fuse.tool.gcp.look.Seen;
import java.util.List;
import java.util.Optional;

/**
 * Walks from one workload to what it is refused, and stops nowhere: what follows is looked at too.
 */
final class Examiner {

  private static final String GKE = "GKE_METADATA";

  private final Scene scene;

  Examiner(Scene scene) {
    this.scene = scene;
  }

  /** The chain of the workload's own calls. */
  Chain calls(Workload workload, List<Need> needs) {
    var target = needs.stream().map(one -> one.resource().words(scene.home())).toList();
    var chain =
        new Chain(
            workload.words()
                + " in cluster "
                + scene.place().name()
                + (target.isEmpty() ? "" : " → " + String.join(", ", target)));
    needs.forEach(need -> ResourceHops.ahead(scene, need.resource()));
    var account = scene.kube().get("serviceaccounts", workload.namespace(), workload.account());
    if (!account(workload, account, chain)) {
      return chain;
    }
    var annotation = account.value().map(Annotation::of).orElse("");
    if (!annotation.isEmpty()) {
      AccountHops.ahead(scene, annotation);
    }
    switch (scene.cluster()) {
      case Seen.Unseen<Json>(var why) -> unseen(workload, why.inShort(), annotation, chain, needs);
      case Seen.Found<Json>(var cluster) -> inside(workload, cluster, annotation, chain, needs);
    }
    return chain;
  }

  /** The chain of a pull of the workload's images. */
  Chain pulls(Workload workload) {
    var chain = new Chain(workload.words() + " in cluster " + scene.place().name() + ", image");
    new ImageHops(scene, chain, workload).check();
    return chain;
  }

  private boolean account(Workload workload, Kube.Answer<Json> account, Chain chain) {
    var text = workload.words() + " runs as Kubernetes service account " + workload.identity();
    if (account.missing()) {
      chain.broken(
          Hop.broken(text + ", which does not exist", "k8s_get"),
          Finding.error(
              workload.words(),
              "its Kubernetes service account " + workload.identity() + " does not exist",
              "no pod can start with it",
              "create it, or name one that exists"));
      return false;
    }
    chain.add(
        account.value().isPresent() ? Hop.ok(text, "k8s_get") : Hop.unknown(text, account.why()));
    return true;
  }

  /** Nothing of the cluster is visible in Google Cloud: the identity is taken as it usually is. */
  private void unseen(
      Workload workload, String why, String annotation, Chain chain, List<Need> needs) {
    chain.add(Hop.unknown("cluster " + scene.place().name() + " and its node pools", why));
    var pool = scene.home() + ".svc.id.goog";
    identified(workload, pool, annotation, chain, needs, false);
  }

  private void inside(
      Workload workload, Json cluster, String annotation, Chain chain, List<Need> needs) {
    var key = workload.keySecret();
    if (key.isPresent()) {
      chain.add(
          Hop.unknown(
              "it calls with the key in Secret " + key.get() + ", not with Workload Identity",
              "whose key that is stands in the Secret"));
      return;
    }
    var own = cluster.text("workloadIdentityConfig.workloadPool");
    var pool = workload.projectedPool().orElse(own);
    var where = new Pools(scene, cluster).of(workload);
    var node = node(workload, cluster, pool, where, annotation, chain);
    if (node.isPresent()) {
      resources(node.get(), needs, chain, false);
      return;
    }
    fleet(cluster, own, pool, chain);
    identified(workload, pool, annotation, chain, needs, false);
  }

  private static void fleet(Json cluster, String own, String pool, Chain chain) {
    if (!pool.equals(own)) {
      chain.add(Hop.ok("the pod's projected token is for pool " + pool, "its projected volume"));
      return;
    }
    var fleet = cluster.text("fleet.project");
    chain.add(
        Hop.ok(
            "cluster "
                + cluster.text("name")
                + " has workload identity pool "
                + pool
                + (fleet.isEmpty() || pool.startsWith(fleet + ".")
                    ? ""
                    : " (its fleet is in project " + fleet + ", and plays no part here)"),
            "GKE"));
  }

  /** The account of the nodes, where the pod's calls carry that one. */
  private Optional<Actor> node(
      Workload workload,
      Json cluster,
      String pool,
      Pools.Where where,
      String annotation,
      Chain chain) {
    boolean autopilot = cluster.truth("autopilot.enabled");
    if (workload.projectedPool().isPresent()) {
      return Optional.empty();
    }
    var wrong = where.pools().stream().filter(one -> !Pools.mode(one).equals(GKE)).toList();
    if (!pool.isEmpty() && !workload.hostNetwork() && (wrong.isEmpty() || autopilot)) {
      if (where.pools().isEmpty() && !autopilot) {
        chain.add(Hop.unknown("the node pool of " + workload.words(), "none is seen that fits"));
      } else {
        chain.add(
            Hop.ok(
                autopilot
                    ? "Autopilot: all nodes have metadata mode " + GKE
                    : "node pools " + names(where.pools()) + " have metadata mode " + GKE,
                "GKE, " + where.proof()));
      }
      return Optional.empty();
    }
    if (!pool.isEmpty() && !workload.hostNetwork() && !where.certain()) {
      chain.add(
          Hop.unknown(
              "node pools "
                  + names(wrong)
                  + " have metadata mode "
                  + wrong.stream().map(Examiner::mode).distinct().toList()
                  + ", others "
                  + GKE,
              "on which of them the pod runs is not seen"));
      return Optional.empty();
    }
    var node =
        wrong.isEmpty() ? where.pools().stream().findFirst().orElse(Json.EMPTY) : wrong.get(0);
    var email = Pools.account(node, scene.cloud().number(scene.home()));
    fallen(workload, cluster, pool, node, email, annotation, chain);
    return Optional.of(Actor.node(email, node.texts("config.oauthScopes"), node.text("name")));
  }

  private static String names(List<Json> pools) {
    return String.join(", ", pools.stream().map(one -> one.text("name")).toList());
  }

  private static String mode(Json pool) {
    var mode = Pools.mode(pool);
    return mode.isEmpty() ? "GCE_METADATA (not set)" : mode;
  }

  /** The pod gets the node's account; that is a fault where it was meant to be another one. */
  private void fallen(
      Workload workload,
      Json cluster,
      String pool,
      Json node,
      String email,
      String annotation,
      Chain chain) {
    var name = node.text("name");
    var why =
        pool.isEmpty()
            ? "cluster " + cluster.text("name") + " has no workload identity pool"
            : workload.hostNetwork()
                ? workload.words() + " uses hostNetwork, and so the node's metadata server"
                : "node pool "
                    + name
                    + " has workload metadata mode "
                    + mode(node)
                    + " instead of "
                    + GKE;
    var meant = annotation.isEmpty() ? "" : ", not " + annotation + " that its annotation names";
    var text = why + ": the pod calls as the node's account " + email;
    if (annotation.isEmpty()) {
      chain.add(Hop.ok(text, "GKE"));
      return;
    }
    var next =
        pool.isEmpty()
            ? "enable Workload Identity: gcloud container clusters update "
                + cluster.text("name")
                + " --location="
                + scene.place().location()
                + " --workload-pool="
                + scene.home()
                + ".svc.id.goog, then GKE_METADATA on its node pools"
            : workload.hostNetwork()
                ? "do without hostNetwork, or grant what it needs to "
                    + email
                    + " knowing that all pods of the node share it"
                : "set "
                    + GKE
                    + " (nodes are recreated): gcloud container node-pools update "
                    + name
                    + " --cluster="
                    + cluster.text("name")
                    + " --location="
                    + scene.place().location()
                    + " --workload-metadata="
                    + GKE;
    chain.broken(
        Hop.broken(text + meant, "GKE"),
        Finding.error(
            pool.isEmpty() ? "cluster " + cluster.text("name") : "node pool " + name,
            why + "; " + workload.words() + " runs there",
            "the pod gets the node's account " + email + meant,
            next));
  }

  private void identified(
      Workload workload,
      String pool,
      String annotation,
      Chain chain,
      List<Need> needs,
      boolean pretended) {
    var number = scene.cloud().number(pool.replaceFirst("\\.svc\\.id\\.goog$", ""));
    var self =
        Principal.workload(
            pool, number, workload.namespace(), workload.account(), scene.place().path());
    var identity = new Identity(pool, workload.namespace(), workload.account(), self);
    var hops = new AccountHops(scene, chain, identity);
    if (annotation.isEmpty()) {
      itself(workload, identity, hops, chain, needs);
      return;
    }
    chain.add(
        Hop.ok("annotation " + Annotation.KEY + " names " + annotation, "k8s_get serviceaccount"));
    var email = hops.check(annotation);
    boolean broken = pretended || chain.broken();
    email.ifPresent(one -> resources(Actor.of(Principal.account(one)), needs, chain, broken));
  }

  /** Without an annotation the workload is a principal of its own. */
  private void itself(
      Workload workload, Identity identity, AccountHops hops, Chain chain, List<Need> needs) {
    var words = "no annotation: it calls as itself, " + identity.principal().shown();
    var meant = new Meant(scene, hops, identity).account();
    if (meant.isEmpty()) {
      chain.add(Hop.ok(words, "k8s_get serviceaccount"));
      resources(Actor.of(identity.principal()), needs, chain, false);
      return;
    }
    var trial = new Chain("");
    resources(Actor.of(identity.principal()), needs, trial, false);
    if (!needs.isEmpty() && !trial.broken()) {
      chain.add(Hop.ok(words, "k8s_get serviceaccount"));
      resources(Actor.of(identity.principal()), needs, chain, false);
      return;
    }
    var email = meant.get();
    var what =
        needs.stream()
            .map(one -> one.permission() + " on " + one.resource().words(scene.home()))
            .toList();
    chain.broken(
        Hop.broken(
            "Kubernetes service account "
                + identity.words()
                + " has no annotation "
                + Annotation.KEY,
            "k8s_get serviceaccount"),
        Finding.error(
            "ServiceAccount " + identity.words(),
            "it has no annotation "
                + Annotation.KEY
                + ", though "
                + email
                + " lets it act as that account ("
                + AccountHops.USER
                + ")"
                + (what.isEmpty()
                    ? ""
                    : "; the principal itself has no " + String.join(", ", what)),
            "the pod calls as itself, " + identity.principal().shown(),
            "annotate it: kubectl annotate serviceaccount "
                + identity.account()
                + " -n "
                + identity.namespace()
                + " "
                + Annotation.KEY
                + "="
                + email
                + ", and restart "
                + workload.words()));
    resources(Actor.of(Principal.account(email)), needs, chain, true);
  }

  private void resources(Actor actor, List<Need> needs, Chain chain, boolean pretended) {
    if (needs.isEmpty()) {
      chain.add(
          Hop.unknown(
              "the resource that " + actor.principal().words() + " wants",
              "neither the question nor the workload's configuration names one"));
    }
    needs.forEach(need -> new ResourceHops(scene, chain, actor).check(need, pretended));
  }
}
