package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who is to make an object that is missing, and why that has not happened, to the end. */
public record Makers(Snapshot snapshot) {

  private static final int DEEPEST = 4;

  /**
   * A custom kind whose objects make Secrets or ConfigMaps.
   *
   * @param field where the name of what is made stands; else it has the maker's own
   */
  private record Maker(String group, String plural, String kind, String makes, String field) {}

  private static final List<Maker> MAKERS =
      List.of(
          new Maker(
              "external-secrets.io", "externalsecrets", "ExternalSecret", "Secret", "target.name"),
          new Maker("cert-manager.io", "certificates", "Certificate", "Secret", "secretName"),
          new Maker(
              "bitnami.com", "sealedsecrets", "SealedSecret", "Secret", "template.metadata.name"),
          new Maker(
              "secrets.hashicorp.com",
              "vaultstaticsecrets",
              "VaultStaticSecret",
              "Secret",
              "destination.name"),
          new Maker(
              "secrets.hashicorp.com",
              "vaultdynamicsecrets",
              "VaultDynamicSecret",
              "Secret",
              "destination.name"),
          new Maker("onepassword.com", "onepassworditems", "OnePasswordItem", "Secret", ""),
          new Maker(
              "secrets.infisical.com",
              "infisicalsecrets",
              "InfisicalSecret",
              "Secret",
              "managedSecretReference.secretName"),
          new Maker("trust.cert-manager.io", "bundles", "Bundle", "ConfigMap", ""));

  /** Why the object is not there, as its maker says; empty where nobody is known to make it. */
  public Optional<Reason> of(Kind kind, String namespace, String name) {
    for (var maker : MAKERS) {
      if (!maker.makes().equals(kind.name())) {
        continue;
      }
      var served = kind(maker.group(), maker.plural(), maker.kind());
      var found =
          served.stream()
              .flatMap(one -> snapshot.list(one, namespace).stream())
              .filter(one -> makes(maker, one, name))
              .findFirst();
      if (found.isPresent()) {
        return Optional.of(told(found.get(), kind.name() + " '" + name + "'"));
      }
    }
    return Optional.empty();
  }

  private Optional<Kind> kind(String group, String plural, String kind) {
    var versions = snapshot.served().getOrDefault(group, List.of());
    boolean namespaced = !kind.startsWith("Cluster") && !kind.equals("Bundle");
    return versions.stream()
        .findFirst()
        .map(version -> Kind.of(group, version, plural, kind, namespaced));
  }

  private static boolean makes(Maker maker, Json one, String name) {
    var named = one.text("spec." + maker.field());
    if (!named.isEmpty()) {
      return named.equals(name);
    }
    return one.name().equals(name);
  }

  private Reason told(Json maker, String missing) {
    var chain = new ArrayList<String>();
    var root = root(maker, chain, 0);
    var last = chain.getLast();
    return new Reason(
        String.join("; ", chain),
        root.equals(maker.ref())
            ? maker.ref() + ", which is to make " + missing + ", has not: " + last
            : maker.ref() + ", which is to make " + missing + ", waits for " + root + ": " + last,
        "correct " + root + " as it says; then " + missing + " is made by itself (not by hand)");
  }

  /** Follows what an object refers to as long as that is not well, and gives the last. */
  private String root(Json object, List<String> chain, int depth) {
    chain.add(object.ref() + " " + failing(object).orElse("has reported nothing yet"));
    if (depth >= DEEPEST) {
      return object.ref();
    }
    var group = object.text("apiVersion").replaceFirst("/.*", "");
    for (var reference : references(object).entrySet()) {
      var target = reference.getValue();
      var kind =
          kind(
              target.text("group", group),
              reference.getKey().toLowerCase(Locale.ROOT) + "s",
              reference.getKey());
      if (kind.isEmpty()) {
        continue;
      }
      var there = snapshot.read(kind.get(), object.namespace(), target.text("name"));
      if (there.isEmpty()) {
        chain.add(reference.getKey() + " '" + target.text("name") + "' does not exist");
        return reference.getKey() + " '" + target.text("name") + "'";
      }
      if (failing(there.get()).isPresent()) {
        return root(there.get(), chain, depth + 1);
      }
    }
    return object.ref();
  }

  /** Kinds that fields of its spec ending in Ref name, with the reference. */
  private static Map<String, Json> references(Json object) {
    var found = new java.util.LinkedHashMap<String, Json>();
    object
        .at("spec")
        .fields()
        .forEach(
            (field, value) -> {
              if (!field.endsWith("Ref")) {
                return;
              }
              var stem = field.substring(0, field.length() - 3);
              var named = stem.substring(0, 1).toUpperCase(Locale.ROOT) + stem.substring(1);
              var reference =
                  value instanceof String name ? Json.of(Map.of("name", name)) : Json.of(value);
              if (!reference.text("name").isEmpty()) {
                found.put(reference.text("kind", named), reference);
              }
            });
    return found;
  }

  private static Optional<String> failing(Json object) {
    return object.list("status.conditions").stream()
        .filter(
            one -> List.of("Ready", "Synced", "Issuing", "Available").contains(one.text("type")))
        .filter(one -> one.text("status").equals("False"))
        .findFirst()
        .map(
            one ->
                "is not "
                    + one.text("type")
                    + " ("
                    + one.text("reason")
                    + "): \""
                    + one.text("message")
                    + "\"");
  }
}
