package dev.fuse.tool.gcp.api;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Facts;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The plugin's door to Google Cloud: which project, which account, one client for each account. */
public final class Access {

  private static final Pattern PROJECT =
      Pattern.compile("[a-z][a-z0-9:.-]{4,62}[a-z0-9]|\\d{6,20}");

  private final PluginContext context;
  private final Gcloud gcloud;
  private final Map<String, Google> clients = new ConcurrentHashMap<>();

  public Access(PluginContext context) {
    this.context = context;
    this.gcloud = Gcloud.read(context.environment());
  }

  /** Fetches a token in the background; what goes wrong is told by the first call. */
  public void warm() {
    try {
      google().warm();
    } catch (RuntimeException _) {
      return;
    }
  }

  /** The client of the account that counts here. */
  public Google google() {
    var acting =
        context
            .setting("impersonate")
            .or(() -> gcloud.find("auth", "impersonate_service_account"))
            .orElse("");
    return clients.computeIfAbsent(
        acting,
        account ->
            new Google(
                context.environment(), gcloud, Login.find(context.environment(), gcloud, account)));
  }

  public Gcloud gcloud() {
    return gcloud;
  }

  public Facts facts() {
    return context.facts();
  }

  public Path directory() {
    return context.directory();
  }

  /**
   * The project of a call: the argument, else {@link #standard}.
   *
   * @throws ToolFailure if none is known
   */
  public String project(Arguments arguments) {
    return arguments
        .findString("project")
        .filter(name -> !name.isBlank())
        .map(Access::checked)
        .or(this::standard)
        .orElseThrow(
            () ->
                new ToolFailure(
                    Kind.INVALID,
                    "no Google Cloud project is known here",
                    "give 'project', pin one with --project, or: gcloud config set project ID"));
  }

  /** The project that is pinned, set, or gcloud's own. */
  public Optional<String> standard() {
    return context
        .pinned("project")
        .or(() -> context.setting("project"))
        .or(() -> gcloud.find("core", "project"))
        .or(() -> Gcloud.set(context.environment(), "GOOGLE_CLOUD_PROJECT"))
        .or(() -> context.facts().find("google-project"))
        .map(Access::checked);
  }

  /** The project's name, which goes into paths. */
  public static String checked(String project) {
    var name = project.strip();
    if (!PROJECT.matcher(name).matches()) {
      throw ToolFailure.invalid(
          "'" + project + "' is not a project ID",
          "lower case letters, digits and hyphens, or the project's number");
    }
    return name;
  }

  /** The location that gcloud is configured with. */
  public Optional<String> location() {
    return context
        .setting("location")
        .or(() -> gcloud.find("compute", "region"))
        .or(() -> gcloud.find("compute", "zone"));
  }

  /** The kube context that is pinned or current. */
  public Optional<String> kubeContext() {
    return context.pinned("context").or(() -> context.facts().find("kube-context"));
  }

  /** The namespace that is pinned. */
  public Optional<String> namespace() {
    return context.pinned("namespace");
  }
}
