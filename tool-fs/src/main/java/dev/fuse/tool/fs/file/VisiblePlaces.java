package dev.fuse.tool.fs.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where a text stands in another one, outside of the secrets that are masked in it. */
final class VisiblePlaces {

  private static final Pattern HANDLE = Pattern.compile("⟦secret:[a-z0-9.-]{1,40}#\\d{1,9}⟧\\n*");

  private VisiblePlaces() {}

  /**
   * The places in the text itself.
   *
   * @param masked the same text with handles in place of its secrets
   */
  static List<Integer> of(String text, String masked, String wanted) {
    var places = new ArrayList<Integer>();
    var matcher = HANDLE.matcher(masked);
    int from = 0;
    int at = 0;
    while (at <= masked.length()) {
      boolean more = matcher.find();
      var part = masked.substring(at, more ? matcher.start() : masked.length());
      int place = part.isEmpty() ? from : text.indexOf(part, from);
      if (place < 0) {
        return List.of();
      }
      for (int found : TextEdit.all(part, wanted)) {
        places.add(place + found);
      }
      from = place + part.length();
      if (!more) {
        return places;
      }
      at = matcher.end();
    }
    return places;
  }
}
