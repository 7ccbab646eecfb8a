package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.gcp.api.Access;

/** A resource as it is given in arguments. */
public final class ResourceName {

  /** What the parameter may hold. */
  public static final String FORMS =
      "gs://b, projects/P/topics/T, …/secrets/S, folders/N; an account's e-mail; default: project";

  private ResourceName() {}

  /**
   * The resource that is meant; the project where none is named.
   *
   * @throws ToolFailure if the name is none that is known
   */
  public static Resource of(Access access, Arguments arguments) {
    var given = arguments.string("resource", "").strip();
    if (given.isEmpty()) {
      return Resource.project(access.project(arguments));
    }
    if (given.matches("[^\\s/]+@[\\w.:-]+gserviceaccount\\.com")) {
      return Resource.account(given);
    }
    if (given.matches("projects/[\\w:.-]+")) {
      return Resource.project(Access.checked(given.substring("projects/".length())));
    }
    return Resource.in(given)
        .orElseThrow(
            () ->
                ToolFailure.invalid(
                    "'" + given + "' is not a resource's name", "one of: " + FORMS));
  }

  /** The project in which it stands, for targets; empty above projects. */
  public static String home(Access access, Resource resource) {
    return switch (resource.kind()) {
      case FOLDER, ORGANIZATION -> "";
      case ACCOUNT ->
          resource.name().endsWith(".iam.gserviceaccount.com")
              ? resource.name().replaceFirst("^.*@", "").replace(".iam.gserviceaccount.com", "")
              : access.standard().orElse("");
      case BUCKET -> access.standard().orElse("");
      case PROJECT, TOPIC, SUBSCRIPTION, SECRET, REPOSITORY, SQL -> resource.project();
    };
  }
}
