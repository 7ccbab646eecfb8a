package dev.fuse.inventory;

/** Words that one slip of the hand makes of each other. */
final class Typo {

  private Typo() {}

  /** Whether one letter more, less, other or two that changed places make one of the other. */
  static boolean between(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    int same = 0;
    while (same < shorter && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    if (one.length() == other.length()) {
      return one.length() > same
          && (one.substring(same + 1).equals(other.substring(same + 1))
              || swapped(one, other, same));
    }
    return one.length() > other.length()
        ? one.length() == other.length() + 1
            && one.substring(same + 1).equals(other.substring(same))
        : other.length() == one.length() + 1
            && other.substring(same + 1).equals(one.substring(same));
  }

  private static boolean swapped(String one, String other, int at) {
    return at + 1 < one.length()
        && one.charAt(at) == other.charAt(at + 1)
        && one.charAt(at + 1) == other.charAt(at)
        && one.substring(at + 2).equals(other.substring(at + 2));
  }
}
