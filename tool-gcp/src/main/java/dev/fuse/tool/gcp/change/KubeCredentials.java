package dev.fuse.tool.gcp.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Cloud;
import dev.fuse.tool.gcp.look.ClusterList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** Writes a cluster into the kubeconfig, as gcloud does. */
public final class KubeCredentials implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gke_credentials",
              "Write a GKE cluster into the kubeconfig as gcloud does, and make it the current context;"
                  + " login is by gke-gcloud-auth-plugin.",
              Schema.object()
                  .required("cluster", Schema.string("its name"))
                  .optional("project", Schema.string("default: pinned"))
                  .optional("internal", Schema.bool("the private endpoint"))
                  .optional("current", Schema.bool("make it the current one").byDefault(true)),
              Ceiling.of(Risk.HIGH, true, Set.of(Verb.READ, Verb.UPDATE), SYSTEM, "files"))
          .keywords("get-credentials", "kubeconfig", "kube context");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var cluster =
        ClusterList.find(new Cloud(access.google(), call), project, arguments.string("cluster"));
    boolean internal = arguments.bool("internal", false);
    var endpoint = endpoint(cluster, internal);
    var context = "gke_" + project + "_" + cluster.text("location") + "_" + cluster.text("name");
    var file = file(access);
    boolean current = arguments.bool("current", true);
    var entry = "context " + context + "\n server https://" + endpoint;
    return Action.of(
            "write context " + context + " into " + file,
            List.of(
                Effect.local(Verb.UPDATE, Target.of("files", "path", file.toString()), Risk.HIGH),
                Effect.remote(
                    Verb.READ,
                    Target.of(SYSTEM, "project", project, "cluster", cluster.text("name")),
                    Risk.NONE)),
            _ -> write(file, context, endpoint, cluster, current))
        .showing(
            () ->
                Preview.diff(
                    file.toString(),
                    "+" + entry + "\n" + (current ? "+current-context: " + context + "\n" : "")));
  }

  private static String endpoint(Json cluster, boolean internal) {
    var chosen =
        internal ? cluster.text("privateClusterConfig.privateEndpoint") : cluster.text("endpoint");
    if (chosen.isEmpty()) {
      throw ToolFailure.notFound(
          "cluster '"
              + cluster.text("name")
              + "' has no "
              + (internal ? "private " : "")
              + "endpoint",
          "it may still be created; look with gke_clusters");
    }
    return chosen;
  }

  /** The first file of KUBECONFIG, else the usual one. */
  private static Path file(Access access) {
    var environment = access.gcloud().environment();
    var named = environment.getOrDefault("KUBECONFIG", "");
    return named.isBlank()
        ? Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config")
        : Path.of(named.split(java.io.File.pathSeparator, -1)[0]);
  }

  private static ToolResult write(
      Path file, String context, String endpoint, Json cluster, boolean current)
      throws IOException {
    var config = read(file);
    put(
        config,
        "clusters",
        context,
        "cluster",
        Map.of(
            "server",
            "https://" + endpoint,
            "certificate-authority-data",
            cluster.text("masterAuth.clusterCaCertificate")));
    var exec = new LinkedHashMap<String, Object>();
    exec.put("apiVersion", "client.authentication.k8s.io/v1beta1");
    exec.put("command", "gke-gcloud-auth-plugin");
    exec.put(
        "installHint",
        "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin");
    exec.put("provideClusterInfo", true);
    put(config, "users", context, "user", Map.of("exec", exec));
    put(config, "contexts", context, "context", Map.of("cluster", context, "user", context));
    if (current) {
      config.put("current-context", context);
    }
    save(file, config);
    return ToolResult.ok(
        "context " + context + " is in " + file + (current ? " and is the current one" : ""));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      var fresh = new LinkedHashMap<String, Object>();
      fresh.put("apiVersion", "v1");
      fresh.put("kind", "Config");
      return fresh;
    }
    try {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      if (yaml.load(Files.readString(file)) instanceof Map<?, ?> map) {
        return new LinkedHashMap<>((Map<String, Object>) map);
      }
    } catch (YAMLException _) {
      // Told below: what cannot be read is not written over.
    }
    throw ToolFailure.invalid(
        "'" + file + "' is not a kubeconfig", "correct it or move it away; nothing was written");
  }

  /** Replaces the entry of that name, or adds it; the others stay. */
  private static void put(
      Map<String, Object> config, String list, String name, String key, Object value) {
    var entries = new ArrayList<Object>();
    if (config.get(list) instanceof List<?> old) {
      old.stream()
          .filter(one -> !(one instanceof Map<?, ?> map && name.equals(map.get("name"))))
          .forEach(entries::add);
    }
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", name);
    entry.put(key, value);
    entries.add(entry);
    config.put(list, entries);
  }

  private static void save(Path file, Map<String, Object> config) throws IOException {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    var representer = new Representer(options);
    var text =
        new Yaml(new SafeConstructor(new LoaderOptions()), representer, options).dump(config);
    var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    var folder = target.getParent();
    if (folder == null) {
      throw new IOException("'" + file + "' is not a file");
    }
    Files.createDirectories(folder);
    var next =
        Files.createTempFile(
            folder,
            ".kubeconfig",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(next, text);
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
