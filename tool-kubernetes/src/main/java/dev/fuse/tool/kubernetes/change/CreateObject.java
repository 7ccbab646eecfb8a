package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.GetObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes an object from few words, checked against what it is for, and applies it. */
public final class CreateObject {

  private CreateObject() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind =
        switch (arguments.string("kind")) {
          case "namespace" -> Kind.NAMESPACE;
          case "configmap" -> Kind.CONFIG_MAP;
          case "serviceaccount" -> Kind.SERVICE_ACCOUNT;
          case "job" -> Kind.JOB;
          case "service" -> Kind.SERVICE;
          case "autoscaler" -> Kind.AUTOSCALER;
          case "role" -> Kind.ROLE;
          case "rolebinding" -> Kind.ROLE_BINDING;
          default ->
              throw ToolFailure.invalid(
                  "'" + arguments.string("kind") + "' is not made here", "use k8s_apply");
        };
    var name = arguments.string("name");
    if (place.cluster().find(kind.path(place.namespace(), name)).isPresent()) {
      throw ToolFailure.invalid(
          kind.name() + " '" + name + "' exists already", "change it with k8s_patch or k8s_apply");
    }
    var object = new LinkedHashMap<String, Object>();
    object.put("apiVersion", kind.apiVersion());
    object.put("kind", kind.name());
    object.put("metadata", metadata(place, kind, name));
    object.putAll(content(access, place, kind, arguments));
    return Apply.prepare(access, arguments, GetObject.yaml(object));
  }

  private static Map<String, Object> metadata(Place place, Kind kind, String name) {
    return kind.namespaced()
        ? Map.of("name", name, "namespace", place.namespace())
        : Map.of("name", name);
  }

  private static Map<String, Object> content(
      Access access, Place place, Kind kind, Arguments arguments) {
    return switch (kind.name()) {
      case "ConfigMap" -> Map.of("data", arguments.map("data"));
      case "Job" -> job(place, arguments);
      case "Service" -> service(access, place, arguments);
      case "HorizontalPodAutoscaler" -> autoscaler(access, place, arguments);
      case "Role" -> role(access, place, arguments);
      case "RoleBinding" -> binding(place, arguments);
      default -> Map.of();
    };
  }

  private static Map<String, Object> job(Place place, Arguments arguments) {
    var from = given(arguments, "from", "the CronJob");
    var cron = GetObject.object(place, Kind.CRON_JOB, from.replaceFirst("(?i)cronjobs?/", ""));
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", arguments.string("name"));
    metadata.put("namespace", place.namespace());
    metadata.put("labels", cron.map("spec.jobTemplate.metadata.labels"));
    var notes = cron.map("spec.jobTemplate.metadata.annotations");
    notes.put("cronjob.kubernetes.io/instantiate", "manual");
    metadata.put("annotations", notes);
    return Map.of("metadata", metadata, "spec", cron.at("spec.jobTemplate.spec").fields());
  }

  private static Map<String, Object> service(Access access, Place place, Arguments arguments) {
    var workload = workload(access, place, arguments);
    var labels = workload.map("spec.selector.matchLabels");
    var ports = ports(workload);
    if (labels.isEmpty()) {
      throw ToolFailure.invalid(
          workload.ref() + " selects its pods by no labels", "write the Service with k8s_apply");
    }
    if (!arguments.has("port") && ports.size() != 1) {
      throw ToolFailure.invalid(
          workload.ref() + " names ports " + ports + " in its containers", "give 'port'");
    }
    int port = arguments.integer("port", ports.isEmpty() ? 0 : ports.getFirst());
    var entry = new LinkedHashMap<String, Object>();
    entry.put("port", port);
    entry.put("protocol", "TCP");
    entry.put(
        "targetPort",
        arguments
            .findString("target_port")
            .map(text -> text.matches("\\d+") ? (Object) Integer.valueOf(text) : text)
            .orElse(ports.size() == 1 ? ports.getFirst() : port));
    return Map.of("spec", Map.of("selector", labels, "ports", List.of(entry)));
  }

  private static List<Integer> ports(Json workload) {
    var ports = new ArrayList<Integer>();
    for (var container : workload.list("spec.template.spec.containers")) {
      container.list("ports").forEach(one -> ports.add((int) one.number("containerPort", 0)));
    }
    return ports;
  }

  private static Map<String, Object> autoscaler(Access access, Place place, Arguments arguments) {
    var workload = workload(access, place, arguments);
    if (!arguments.has("max")) {
      throw ToolFailure.invalid("'max' is missing", "the most replicas that it may make");
    }
    boolean requests =
        workload.list("spec.template.spec.containers").stream()
            .allMatch(one -> one.has("resources.requests.cpu"));
    if (!requests) {
      throw ToolFailure.invalid(
          workload.ref() + " has a container without a CPU request, so no percentage can be taken",
          "set it first with k8s_set_resources");
    }
    var target =
        Map.of(
            "apiVersion",
            workload.text("apiVersion"),
            "kind",
            workload.kind(),
            "name",
            workload.name());
    var metric =
        Map.of(
            "type",
            "Resource",
            "resource",
            Map.of(
                "name",
                "cpu",
                "target",
                Map.of("type", "Utilization", "averageUtilization", arguments.integer("cpu", 80))));
    return Map.of(
        "spec",
        Map.of(
            "scaleTargetRef",
            target,
            "minReplicas",
            arguments.integer("min", 1),
            "maxReplicas",
            arguments.integer("max"),
            "metrics",
            List.of(metric)));
  }

  private static Map<String, Object> role(Access access, Place place, Arguments arguments) {
    if (arguments.strings("verbs").isEmpty() || arguments.strings("resources").isEmpty()) {
      throw ToolFailure.invalid("a role needs 'verbs' and 'resources'", "give both");
    }
    var rules = new ArrayList<Map<String, Object>>();
    for (var resource : arguments.strings("resources")) {
      var parts = resource.split("/", 2);
      var kind = access.kind(place, parts[0]);
      rules.add(
          Map.of(
              "apiGroups",
              List.of(kind.group()),
              "resources",
              List.of(kind.plural() + (parts.length > 1 ? "/" + parts[1] : "")),
              "verbs",
              arguments.strings("verbs")));
    }
    return Map.of("rules", rules);
  }

  private static Map<String, Object> binding(Place place, Arguments arguments) {
    var role = given(arguments, "role", "the Role");
    boolean wide = role.startsWith("ClusterRole/");
    var name = role.replaceFirst("(Cluster)?Role/", "");
    GetObject.object(place, wide ? Kind.CLUSTER_ROLE : Kind.ROLE, name);
    return Map.of(
        "roleRef",
        Map.of("apiGroup", Kind.ROLE.group(), "kind", wide ? "ClusterRole" : "Role", "name", name),
        "subjects",
        List.of(subject(place, given(arguments, "subject", "who gets it"))));
  }

  private static Map<String, Object> subject(Place place, String subject) {
    if (subject.startsWith("serviceaccount:")) {
      var parts = subject.split(":", -1);
      return Map.of(
          "kind",
          "ServiceAccount",
          "namespace",
          parts.length > 2 ? parts[1] : place.namespace(),
          "name",
          parts[parts.length - 1]);
    }
    boolean group = subject.startsWith("group:");
    return Map.of(
        "apiGroup",
        Kind.ROLE.group(),
        "kind",
        group ? "Group" : "User",
        "name",
        group ? subject.substring("group:".length()) : subject);
  }

  private static Json workload(Access access, Place place, Arguments arguments) {
    var from = given(arguments, "from", "the workload as KIND/NAME");
    int slash = from.indexOf('/');
    var kind = slash < 0 ? Kind.DEPLOYMENT : access.kind(place, from.substring(0, slash));
    return GetObject.object(place, kind, from.substring(slash + 1));
  }

  private static String given(Arguments arguments, String name, String what) {
    return arguments
        .findString(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> ToolFailure.invalid("'" + name + "' is missing", "give " + what));
  }
}
