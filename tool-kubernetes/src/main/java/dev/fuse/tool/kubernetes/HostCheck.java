package dev.fuse.tool.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares a host that a log cannot find with the Services that are there. */
record HostCheck(Snapshot snapshot) {

  private static final List<Pattern> UNKNOWN =
      List.of(
          Pattern.compile("lookup ([a-z0-9.-]+)(?: on \\S+)?: no such host"),
          Pattern.compile("ENOTFOUND ([a-z0-9.-]+)"),
          Pattern.compile("(?i)could not (?:resolve|translate) host(?: name)?:? \"?([a-z0-9.-]+)"),
          Pattern.compile("UnknownHostException: ([a-z0-9.-]+)"),
          Pattern.compile("(?i)name or service not known:? \"?([a-z0-9.-]+)"),
          Pattern.compile(
              "(?i)([a-z0-9.-]+): (?:temporary failure in name resolution"
                  + "|name or service not known|nodename nor servname)"));

  /** What the comparison gave. */
  record Result(String seen, String cause, String next) {}

  Optional<Result> compare(Json pod, String container, List<String> log) {
    return log.stream()
        .flatMap(line -> host(line).stream())
        .findFirst()
        .map(host -> result(pod, container, host));
  }

  static Optional<String> host(String line) {
    return UNKNOWN.stream()
        .map(pattern -> pattern.matcher(line))
        .filter(java.util.regex.Matcher::find)
        .map(match -> match.group(1))
        .findFirst();
  }

  private Result result(Json pod, String container, String host) {
    var parts = host.split("\\.", -1);
    var namespace = parts.length > 1 && !host.endsWith(".com") ? parts[1] : pod.namespace();
    var services = snapshot.list(Kind.SERVICE, namespace).stream().map(Json::name).toList();
    var from =
        variable(pod, container, host)
            .map(name -> "variable " + name + " names it")
            .orElse("the log names it");
    if (services.contains(parts[0])) {
      return new Result(
          from + ", and Service '" + parts[0] + "' is there",
          "the name '" + host + "' is not resolved though its Service exists: cluster DNS fails",
          "look at the DNS pods (kube-system) and at network policies that cut port 53");
    }
    var near = ConfigFaults.nearest(parts[0], services);
    return new Result(
        from
            + "; there is no Service '"
            + parts[0]
            + "' in namespace '"
            + namespace
            + "', Services there: "
            + ConfigFaults.joined(services),
        "it wants host '"
            + host
            + "', which does not exist"
            + near.map(other -> "; the Service is called '" + other + "'").orElse(""),
        near.map(other -> "set it to '" + other + "'")
            .orElse("correct the host name, or create the Service"));
  }

  private static Optional<String> variable(Json pod, String container, String host) {
    return Containers.spec(pod, container).stream()
        .flatMap(spec -> spec.list("env").stream())
        .filter(entry -> entry.text("value").contains(host))
        .map(entry -> entry.text("name"))
        .findFirst();
  }
}
