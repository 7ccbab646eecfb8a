package dev.fuse.tool.gcp.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request to an API.
 *
 * @param path below the API's endpoint, already encoded
 * @param reading whether it may be sent again without harm
 * @param what a few words for what is asked for
 * @param limit how long one try may take
 */
public record Request(
    Api api,
    String method,
    String path,
    Map<String, String> query,
    Optional<Json> body,
    boolean reading,
    String what,
    Duration limit) {

  private static final Duration USUAL = Duration.ofSeconds(15);

  public static Request get(Api api, String path, String what) {
    return new Request(api, "GET", path, Map.of(), Optional.empty(), true, what, USUAL);
  }

  /** A POST that only asks. */
  public static Request ask(Api api, String path, Json body, String what) {
    return new Request(api, "POST", path, Map.of(), Optional.of(body), true, what, USUAL);
  }

  /** A change; never sent twice. */
  public static Request change(Api api, String method, String path, Json body, String what) {
    return new Request(api, method, path, Map.of(), Optional.of(body), false, what, USUAL);
  }

  /** The same request with a query parameter. */
  public Request with(String name, String value) {
    var more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new Request(api, method, path, more, body, reading, what, limit);
  }

  /** The same request with a field of its body. */
  Request withField(String name, Object value) {
    var changed = body.map(json -> json.with(name, value));
    return new Request(api, method, path, query, changed, reading, what, limit);
  }

  /** Path and query. */
  public String address() {
    return query.isEmpty()
        ? path
        : path
            + "?"
            + query.entrySet().stream()
                .map(one -> one.getKey() + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));
  }

  /** A text as one segment of a path. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
