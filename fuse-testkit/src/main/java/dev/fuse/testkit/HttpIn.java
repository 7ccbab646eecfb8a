package dev.fuse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request of HTTP/1.1, with as much of the protocol as JDK clients and curl use.
 *
 * @param headers by lower-case name
 */
record HttpIn(String method, String path, Map<String, String> headers, String body) {

  /** The next request on a connection; empty where it has ended. */
  static Optional<HttpIn> read(InputStream in) throws IOException {
    var first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var words = first.split(" ", 3);
    if (words.length < 3) {
      throw new IOException("'" + first + "' is no request line");
    }
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      }
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new HttpIn(words[0], words[1], headers, body));
  }

  /** The bearer token. */
  Optional<String> key() {
    return Optional.ofNullable(headers.get("authorization"))
        .filter(value -> value.startsWith("Bearer "))
        .map(value -> value.substring("Bearer ".length()));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int read = in.read();
    while (read >= 0 && read != '\n') {
      line.write(read);
      read = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
