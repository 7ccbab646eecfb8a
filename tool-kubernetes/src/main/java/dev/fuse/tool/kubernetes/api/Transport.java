package dev.fuse.tool.kubernetes.api;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Carries requests to one API server, as the person that the context names. */
interface Transport {

  /** Longest wait for the beginning of an answer. */
  int PATIENCE_SECONDS = 30;

  /**
   * A request.
   *
   * @param path from the root of the server, with the query
   * @param accept the media types of the Accept header
   */
  record Request(String method, String path, String accept, Optional<Content> content) {

    static Request get(String path, String accept) {
      return new Request("GET", path, accept, Optional.empty());
    }
  }

  /**
   * What a request carries.
   *
   * @param type its media type
   */
  record Content(String type, String text) {}

  /**
   * An answer whose body may still be arriving.
   *
   * @param warnings the values of its Warning headers (RFC 7234)
   */
  record Answer(int status, List<String> warnings, InputStream body) {

    boolean successful() {
      return status >= 200 && status < 300;
    }
  }

  /** Sends; completes when the answer begins, exceptionally where none comes. */
  CompletableFuture<Answer> send(Request request);
}
