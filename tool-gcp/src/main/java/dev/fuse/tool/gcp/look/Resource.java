package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Api;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A resource by its name.
 *
 * @param project its project's ID or number; empty where the name does not hold it
 * @param location its location, where its name has one
 */
public record Resource(Kind kind, String project, String location, String name) {

  /** What can carry a policy of its own, or stands for what cannot. */
  public enum Kind {
    PROJECT("project", Api.PROJECTS),
    FOLDER("folder", Api.PROJECTS),
    ORGANIZATION("organization", Api.PROJECTS),
    ACCOUNT("service account", Api.IAM),
    BUCKET("bucket", Api.STORAGE),
    TOPIC("topic", Api.PUBSUB),
    SUBSCRIPTION("subscription", Api.PUBSUB),
    SECRET("secret", Api.SECRETS),
    REPOSITORY("repository", Api.ARTIFACTS),
    SQL("Cloud SQL instance", Api.SQL);

    private final String title;
    private final Api api;

    Kind(String title, Api api) {
      this.title = title;
      this.api = api;
    }

    public String title() {
      return title;
    }

    public Api api() {
      return api;
    }
  }

  private static final Pattern PATH =
      Pattern.compile(
          "projects/([\\w:.-]+)/(topics|subscriptions|secrets|serviceAccounts|instances)/([\\w.@~+%-]+)");
  private static final Pattern REPOSITORY =
      Pattern.compile("projects/([\\w:.-]+)/locations/([\\w-]+)/repositories/([\\w.-]+)");
  private static final Pattern BUCKET =
      Pattern.compile(
          "(?:gs://|projects/_/buckets/|//storage\\.googleapis\\.com/(?!projects/)|storage/v1/b/)([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])");
  private static final Pattern INSTANCE =
      Pattern.compile(
          "\\b([a-z][a-z0-9-]{4,28}[a-z0-9]):([a-z]+-[a-z]+\\d):([a-z][a-z0-9-]{0,97})\\b");
  private static final Pattern ABOVE = Pattern.compile("\\b(folders|organizations)/(\\d{3,20})\\b");

  /** The first resource that a text names by its path, URL or address. */
  public static Optional<Resource> in(String text) {
    return first(
            REPOSITORY,
            text,
            m -> new Resource(Kind.REPOSITORY, m.group(1), m.group(2), m.group(3)))
        .or(
            () ->
                first(PATH, text, m -> new Resource(kind(m.group(2)), m.group(1), "", m.group(3))))
        .or(() -> first(BUCKET, text, m -> new Resource(Kind.BUCKET, "", "", m.group(1))))
        .or(
            () ->
                first(
                    INSTANCE,
                    text,
                    m -> new Resource(Kind.SQL, m.group(1), m.group(2), m.group(3))))
        .or(() -> first(ABOVE, text, Resource::above));
  }

  private static Resource above(MatchResult match) {
    return match.group(1).equals("folders") ? folder(match.group(2)) : organization(match.group(2));
  }

  private static Optional<Resource> first(
      Pattern pattern, String text, java.util.function.Function<MatchResult, Resource> made) {
    var found = pattern.matcher(text);
    return found.find() ? Optional.of(made.apply(found.toMatchResult())) : Optional.empty();
  }

  private static Kind kind(String collection) {
    return switch (collection) {
      case "topics" -> Kind.TOPIC;
      case "subscriptions" -> Kind.SUBSCRIPTION;
      case "secrets" -> Kind.SECRET;
      case "serviceAccounts" -> Kind.ACCOUNT;
      default -> Kind.SQL;
    };
  }

  public static Resource project(String id) {
    return new Resource(Kind.PROJECT, id, "", id);
  }

  public static Resource folder(String id) {
    return new Resource(Kind.FOLDER, "", "", id);
  }

  public static Resource organization(String id) {
    return new Resource(Kind.ORGANIZATION, "", "", id);
  }

  /** A service account by its e-mail address. */
  public static Resource account(String email) {
    return new Resource(Kind.ACCOUNT, "-", "", email);
  }

  /** The same resource in another project. */
  public Resource inProject(String other) {
    return new Resource(kind, other, location, name);
  }

  /** The path as Google writes it. */
  public String path() {
    return switch (kind) {
      case PROJECT -> "projects/" + name;
      case FOLDER -> "folders/" + name;
      case ORGANIZATION -> "organizations/" + name;
      case ACCOUNT -> "projects/" + project + "/serviceAccounts/" + name;
      case BUCKET -> "projects/_/buckets/" + name;
      case TOPIC -> "projects/" + project + "/topics/" + name;
      case SUBSCRIPTION -> "projects/" + project + "/subscriptions/" + name;
      case SECRET -> "projects/" + project + "/secrets/" + name;
      case REPOSITORY -> "projects/" + project + "/locations/" + location + "/repositories/" + name;
      case SQL -> "projects/" + project + "/instances/" + name;
    };
  }

  /** The full name that the troubleshooter takes. */
  public String full() {
    var host = kind == Kind.SQL ? "cloudsql.googleapis.com" : kind.api().service();
    return "//" + host + "/" + path();
  }

  /** For people: kind and name, and the project where it is another one. */
  public String words(String home) {
    var where =
        project.isEmpty() || project.equals(home) || project.equals("-") || kind == Kind.PROJECT
            ? ""
            : " in project " + project;
    return kind.title() + " " + name + where;
  }

  public String words() {
    return words("");
  }
}
