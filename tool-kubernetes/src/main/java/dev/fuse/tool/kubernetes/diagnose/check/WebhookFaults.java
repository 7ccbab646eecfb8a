package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.List;
import java.util.stream.Stream;

/** Admission webhooks that refuse what they cannot judge. */
public record WebhookFaults(Snapshot snapshot, Faults faults) {

  /** The workload that a webhook keeps from having pods. */
  Fault refusing(String workload, String seen, String name, String message) {
    var key = "webhook " + name;
    if (message.contains("denied the request")) {
      return Fault.error(
          workload,
          seen + "\"" + message + "\"",
          "admission webhook '" + name + "' denies its pods",
          "correct the pod template as the webhook says");
    }
    var configuration =
        all()
            .filter(one -> one.list("webhooks").stream().anyMatch(w -> w.text("name").equals(name)))
            .findFirst()
            .orElse(Json.EMPTY);
    var webhook =
        configuration.list("webhooks").stream()
            .filter(one -> one.text("name").equals(name))
            .findFirst()
            .orElse(Json.EMPTY);
    var told =
        seen
            + "\""
            + message
            + "\"; "
            + key
            + " of "
            + configuration.ref()
            + " has failurePolicy "
            + webhook.text("failurePolicy", "Fail")
            + backend(webhook);
    if (message.contains("x509:")) {
      return Fault.error(
          workload,
          told,
          "the admission webhook '"
              + name
              + "' answers, but its certificate is not the one that caBundle of "
              + configuration.ref()
              + " trusts",
          "renew the certificate of its server, or set caBundle to what signed it");
    }
    return faults.telling(
        Fault.error(
            workload,
            told,
            "the admission webhook '"
                + name
                + "' is called for every such pod, does not answer, and"
                + " fails closed",
            "bring its server back; as a stopgap set failurePolicy to Ignore or remove the"
                + " configuration"),
        service(webhook));
  }

  private static String service(Json webhook) {
    var service = webhook.at("clientConfig.service");
    return "Service " + service.text("namespace") + "/" + service.text("name");
  }

  /** Fail-closed webhooks whose Service has no ready endpoint, though nothing was refused yet. */
  public void examine() {
    all()
        .forEach(
            configuration ->
                configuration.list("webhooks").stream()
                    .filter(one -> one.text("failurePolicy").equals("Fail"))
                    .filter(one -> one.has("clientConfig.service"))
                    .filter(one -> concerns(one.at("clientConfig.service")))
                    .filter(one -> !answered(one))
                    .limit(1)
                    .forEach(one -> add(configuration, one)));
  }

  /** Certificate authorities by which webhooks are trusted. */
  public void bundles() {
    all()
        .forEach(
            configuration ->
                configuration.list("webhooks").stream()
                    .filter(
                        one ->
                            !one.has("clientConfig.service")
                                || concerns(one.at("clientConfig.service")))
                    .filter(one -> one.has("clientConfig.caBundle"))
                    .forEach(
                        one ->
                            new CertificateFaults(snapshot, faults)
                                .ofBundle(
                                    configuration,
                                    "webhook '" + one.text("name") + "'",
                                    one.text("clientConfig.caBundle"))));
  }

  private boolean concerns(Json service) {
    return snapshot.wholeCluster()
        || service.text("namespace").equals(snapshot.place().namespace());
  }

  private void add(Json configuration, Json webhook) {
    var name = webhook.text("name");
    boolean told = faults.all().stream().anyMatch(fault -> fault.concerns(name));
    if (!told) {
      faults.add(
          faults.telling(
              Fault.error(
                  configuration.ref(),
                  "webhook '" + name + "' has failurePolicy Fail" + backend(webhook),
                  "every request that it judges is refused while it has no server",
                  "bring its server back, or set failurePolicy to Ignore"),
              service(webhook)));
    }
  }

  private String backend(Json webhook) {
    var service = webhook.at("clientConfig.service");
    if (service.fields().isEmpty()) {
      return "; it is called at '" + webhook.text("clientConfig.url") + "'";
    }
    var where = service.text("namespace") + "/" + service.text("name");
    if (snapshot.find(Kind.SERVICE, service.text("namespace"), service.text("name")).isEmpty()) {
      return "; its Service " + where + " does not exist";
    }
    return "; its Service "
        + where
        + (answered(webhook) ? " has endpoints" : " has no ready endpoint");
  }

  private boolean answered(Json webhook) {
    var service = webhook.at("clientConfig.service");
    return snapshot.readyEndpoints(service.text("namespace"), service.text("name")) > 0;
  }

  private Stream<Json> all() {
    return List.of(Kind.VALIDATING, Kind.MUTATING).stream()
        .flatMap(kind -> snapshot.list(kind).stream());
  }
}
