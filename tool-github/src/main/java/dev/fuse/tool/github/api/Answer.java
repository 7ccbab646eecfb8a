package dev.fuse.tool.github.api;

import java.net.http.HttpHeaders;
import java.util.regex.Pattern;

/**
 * What GitHub answered.
 *
 * @param node the body; absent where there is none
 */
record Answer(int status, HttpHeaders headers, Node node) {

  private static final Pattern LAST = Pattern.compile("[?&]page=(\\d+)[^>]*>;\\s*rel=\"last\"");

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The number of the last page; 1 where there is only one. */
  int lastPage() {
    var matcher = LAST.matcher(header("Link"));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
  }
}
