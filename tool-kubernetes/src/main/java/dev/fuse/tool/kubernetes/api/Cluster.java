package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Transport.Answer;
import dev.fuse.tool.kubernetes.api.Transport.Content;
import dev.fuse.tool.kubernetes.api.Transport.Request;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/** The API server of one context, asked over one shared connection. */
public final class Cluster {

  public static final String JSON = "application/json";
  public static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  public static final String SHAPE =
      "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json";
  public static final String NAMES =
      "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

  /** Items of one page; a page of pods is about 4 MB. */
  public static final int PAGE = 500;

  private static final Pattern TAGS =
      Pattern.compile("(?is)<(style|script).{0,20000}?</\\1>|<[^>]{0,2000}>");

  /**
   * Requests at once on one connection; a server refuses more than 100, or fewer behind a proxy.
   */
  private static final int MOST_STREAMS = 50;

  private final String context;
  private final String name;
  private final String server;
  private final Supplier<Transport> transport;
  private final Supplier<KubernetesClient> client;
  private final JsonMapper mapper = new JsonMapper();
  private final AtomicInteger requests = new AtomicInteger();
  private final Semaphore streams = new Semaphore(MOST_STREAMS);

  /**
   * A cluster.
   *
   * @param name the cluster's own name in the kubeconfig; empty where it has none
   * @param transport carries requests; made at the first one
   * @param client the library's client, for what is more than a request: WebSockets, forwards
   */
  Cluster(
      String context,
      String name,
      String server,
      Supplier<Transport> transport,
      Supplier<KubernetesClient> client) {
    this.context = context;
    this.name = name;
    this.server = server;
    this.transport = transport;
    this.client = client;
  }

  public String context() {
    return context;
  }

  public String server() {
    return server;
  }

  /** What else this place is called: the cluster's name and its server. */
  String[] names() {
    return new String[] {name, server};
  }

  /** How many requests were sent since the start. */
  int requests() {
    return requests.get();
  }

  public KubernetesClient client() {
    return client.get();
  }

  public Json get(String path) {
    return get(path, JSON);
  }

  public Json get(String path, String accept) {
    return read(send(Request.get(path, accept), true));
  }

  /** The object at that path, or empty where there is none. */
  public Optional<Json> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (ToolFailure failure) {
      if (failure.result().kind() == ToolResult.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** All objects of a kind, page by page, without what the server keeps for itself. */
  public List<Json> items(Kind kind, String namespace, String query) {
    return items(kind, namespace, query, JSON);
  }

  /** Names and labels of all objects of a kind, never their content. */
  public List<Json> names(Kind kind, String namespace) {
    return items(kind, namespace, "", NAMES);
  }

  private List<Json> items(Kind kind, String namespace, String query, String accept) {
    var path = kind.path(namespace) + "?limit=" + PAGE + (query.isEmpty() ? "" : "&" + query);
    return new Pages(this, new ItemReader(mapper, kind), path, accept).all();
  }

  /** What the server warns about at that path, such as a deprecated version; else empty. */
  public String warning(String path) {
    try {
      var answer = send(Request.get(path, NAMES), true);
      return answer.warnings().stream().map(Problems::warning).findFirst().orElse("");
    } catch (ToolFailure failure) {
      return "";
    }
  }

  /** The public certificate of a TLS Secret; all other values of it are skipped unread. */
  public byte[] certificate(String namespace, String secret) {
    try (var stream = open(Kind.SECRET.path(namespace, secret), JSON);
        var parser = mapper.createParser(stream.body())) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals("tls.crt")) {
          return parser.nextToken() == JsonToken.VALUE_STRING
              ? parser.getBinaryValue()
              : new byte[0];
        }
      }
      return new byte[0];
    } catch (JacksonIOException e) {
      throw unreachable(e);
    } catch (JacksonException e) {
      throw noJson();
    }
  }

  /** Opens what stands at that path, to be read while it arrives. */
  public Incoming open(String path, String accept) {
    streams.acquireUninterruptibly();
    return begin(path, accept);
  }

  /** The same, where the connection has room for one more request at once. */
  Optional<Incoming> tryOpen(String path, String accept) {
    return streams.tryAcquire() ? Optional.of(begin(path, accept)) : Optional.empty();
  }

  private Incoming begin(String path, String accept) {
    requests.incrementAndGet();
    return new Incoming(this, transport.get().send(Request.get(path, accept)));
  }

  void release() {
    streams.release();
  }

  InputStream body(CompletableFuture<Answer> sent) {
    try {
      var answer = sent.get();
      if (answer.successful()) {
        return answer.body();
      }
      throw refused(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    } catch (ExecutionException | IOException e) {
      throw unreachable(e);
    }
  }

  private ToolFailure refused(Answer answer) throws IOException {
    var said = message(answer.status(), answer.body().readAllBytes());
    return Problems.status(answer.status(), said, context);
  }

  ToolFailure unreachable(Exception e) {
    return Problems.unreachable(e, server, context, true);
  }

  ToolFailure noJson() {
    return new ToolFailure(
        ToolResult.Kind.UNAVAILABLE,
        "'" + server + "' did not answer in JSON",
        "is it an API server? check 'server' of context '" + context + "'");
  }

  /** The text at that path, such as a log. */
  public String text(String path) {
    return send(Request.get(path, "*/*"), true).text();
  }

  /**
   * Sends a change.
   *
   * @param type the content type, which for PATCH says what kind of patch this is
   */
  public Json change(String method, String path, String type, Object content) {
    return read(send(carrying(method, path, type, content), false));
  }

  /** Sends a review or a dry run, which changes nothing. */
  public Json ask(String method, String path, String type, Object content) {
    return read(send(carrying(method, path, type, content), true));
  }

  /** The same, telling what the server warns of, such as a deprecated version. */
  public Json ask(
      String method, String path, String type, Object content, Consumer<String> warned) {
    var answer = send(carrying(method, path, type, content), true);
    answer.warnings().stream().map(Problems::warning).forEach(warned);
    return read(answer);
  }

  private Request carrying(String method, String path, String type, Object content) {
    var body = content instanceof String text ? text : mapper.writeValueAsString(content);
    return new Request(method, path, JSON, Optional.of(new Content(type, body)));
  }

  /** Opens a WebSocket at that path, speaking that protocol. */
  public CompletableFuture<WebSocket> open(
      String path, String protocol, WebSocket.Listener listener) {
    requests.incrementAndGet();
    return client
        .get()
        .getHttpClient()
        .newWebSocketBuilder()
        .subprotocol(protocol)
        .uri(WebSocket.toWebSocketUri(URI.create(server.replaceAll("/$", "") + path)))
        .buildAsync(listener);
  }

  /** An answer that has arrived whole. */
  private record Whole(List<String> warnings, String text) {}

  private Whole send(Request request, boolean reads) {
    requests.incrementAndGet();
    try {
      streams.acquire();
      try {
        var answer = transport.get().send(request).get();
        if (answer.successful()) {
          var body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
          return new Whole(answer.warnings(), body);
        }
        throw refused(answer);
      } finally {
        streams.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.unreachable(e, server, context, reads);
    } catch (ExecutionException | IOException e) {
      throw Problems.unreachable(e, server, context, reads);
    }
  }

  private String message(int code, byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    try {
      return Json.of(mapper.readValue(body, Map.class)).text("message", text);
    } catch (JacksonException e) {
      return page(text, code);
    }
  }

  /** What a proxy says in a page of its own, without the page. */
  private static String page(String body, int code) {
    var words = TAGS.matcher(body).replaceAll(" ").replaceAll("\\s+", " ").strip();
    return words.isEmpty() ? "status " + code : words.substring(0, Math.min(200, words.length()));
  }

  private Json read(Whole answer) {
    try {
      return Json.of(mapper.readValue(answer.text(), Map.class));
    } catch (JacksonException e) {
      throw noJson();
    }
  }

  /**
   * The object without managedFields and last-applied, and with its kind, which lists leave out.
   */
  public static Json cleaned(Json item, Kind kind) {
    var copy = new LinkedHashMap<String, Object>();
    copy.put("apiVersion", kind.apiVersion());
    copy.put("kind", kind.name());
    item.fields().forEach(copy::putIfAbsent);
    var metadata = new LinkedHashMap<>(item.at("metadata").fields());
    metadata.remove("managedFields");
    var annotations = new LinkedHashMap<>(Json.of(metadata.get("annotations")).fields());
    if (annotations.remove(ItemReader.LAST_APPLIED) != null) {
      metadata.put("annotations", annotations);
    }
    copy.put("metadata", metadata);
    return new Json(copy);
  }
}
