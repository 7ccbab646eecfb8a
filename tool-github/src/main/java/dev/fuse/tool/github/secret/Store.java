package dev.fuse.tool.github.secret;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.look.Actions;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A store of secrets or variables: of a repository, an environment or an organization, for Actions,
 * Dependabot or Codespaces.
 *
 * @param repository the repository; in an organization's store the one it was named by
 * @param environment empty where it is not an environment's
 * @param organization empty where it is not an organization's
 */
public record Store(RepoName repository, String kind, String environment, String organization) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PRODUCTION = Pattern.compile("(?i).*(?:prod|live|release|main).*");

  /** The parameters that name a store. */
  public static Schema parameters(Schema schema) {
    return Reads.repository(schema)
        .optional("environment", Schema.string("Of this environment instead of the repository"))
        .optional("organization", Schema.string("Of this organization instead of the repository"));
  }

  public static Store of(Site site, Arguments arguments, String kind) {
    var environment = arguments.string("environment", "");
    var organization = arguments.string("organization", "");
    if (!environment.isEmpty() && !organization.isEmpty()) {
      throw ToolFailure.invalid(
          "both an environment and an organization are named", "name one of them");
    }
    if (!environment.isEmpty() && !kind.equals("actions")) {
      throw ToolFailure.invalid(
          "'" + kind + "' has no secrets of environments", "leave the environment out");
    }
    if (!organization.isEmpty() && !organization.matches("[A-Za-z0-9][A-Za-z0-9-]{0,38}")) {
      throw ToolFailure.invalid(
          "'" + organization + "' is not an organization's name", "name it without a slash");
    }
    var repository =
        organization.isEmpty()
            ? site.repository(arguments.string("repository", ""), "")
            : site.find(arguments.string("repository", ""), "")
                .orElse(new RepoName(organization, "."));
    return new Store(repository, kind, environment, organization);
  }

  /** Checks a name against GitHub's rules. */
  public static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw ToolFailure.invalid(
          "'" + name + "' is not a name that GitHub accepts",
          "use letters, digits and _ only, and begin with a letter or _");
    }
    if (name.toUpperCase(Locale.ROOT).startsWith("GITHUB_")) {
      throw ToolFailure.invalid(
          "'" + name + "' begins with GITHUB_, which GitHub keeps for itself", "take another name");
    }
    return name.toUpperCase(Locale.ROOT);
  }

  /** Where the API has it: {@code secrets} or {@code variables}. */
  public String path(String what) {
    if (!organization.isEmpty()) {
      return "/orgs/" + organization + "/" + kind + "/" + what;
    }
    return environment.isEmpty()
        ? repository.path("/" + kind + "/" + what)
        : repository.path(
            "/environments/" + Actions.encoded(environment).replace("+", "%20") + "/" + what);
  }

  /** What a call touches. */
  public Target target(Site site, String kindOfThing, String name) {
    return Target.of(
        Reads.SYSTEM,
        "host",
        site.host(),
        "organization",
        organization,
        "repository",
        organization.isEmpty() ? repository.toString() : "",
        "environment",
        environment,
        "kind",
        kindOfThing,
        "name",
        name);
  }

  /** An organization's reaches many repositories, and production's is production. */
  public Risk risk() {
    boolean wide = !organization.isEmpty() || PRODUCTION.matcher(environment).matches();
    return wide ? Risk.CRITICAL : Risk.HIGH;
  }

  /** Such as {@code environment staging of acme/shop}. */
  @Override
  public String toString() {
    if (!organization.isEmpty()) {
      return "organization " + organization;
    }
    return environment.isEmpty()
        ? repository.toString()
        : "environment " + environment + " of " + repository;
  }

  /** Such as {@code Dependabot secret}. */
  public String words(String thing) {
    return switch (kind) {
      case "dependabot" -> "Dependabot " + thing;
      case "codespaces" -> "Codespaces " + thing;
      default -> thing;
    };
  }
}
