package dev.fuse.tool.fs.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The time that a web server says it is. */
final class HttpDate {

  private static final int HEADERS = 100;

  private HttpDate() {}

  /** Asks for nothing but headers, on a connection that is used for nothing else. */
  static Optional<Instant> ask(Socket socket, String host) throws IOException {
    var request =
        "HEAD / HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: fuse\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (int i = 0; i < HEADERS; i++) {
      var line = in.readLine();
      if (line == null || line.isEmpty()) {
        return Optional.empty();
      }
      if (line.regionMatches(true, 0, "date:", 0, 5)) {
        return parse(line.substring(5).strip());
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
