package dev.fuse.scenario;

import java.util.Arrays;
import java.util.Locale;

/**
 * The words, pairs of words and runs of three to five letters of a text, each hashed into a bucket
 * with how often it is there.
 */
public final class Features {

  private static final int HALF = WordModel.BUCKETS / 2;

  /** Words of a longer text are cut off; runs of letters sooner, for they are many. */
  private static final int MOST_WORDS = 3_000;

  private static final int MOST_LETTERS = 400;
  private static final int SHORTEST_RUN = 3;
  private static final int LONGEST_RUN = 5;

  private final int[] buckets;
  private final float[] values;

  private Features(int[] buckets, float[] values) {
    this.buckets = buckets;
    this.values = values;
  }

  /** How rare a bucket is. */
  @FunctionalInterface
  public interface Rarity {
    float of(int bucket);
  }

  /** Those of a text, with their counts. */
  public static Features of(String text) {
    var plain = plain(text);
    var found = new int[plain.length() * 5 + 2];
    int count = words(plain, found);
    count = letters(plain.substring(0, Math.min(plain.length(), MOST_LETTERS)), found, count);
    var sorted = Arrays.copyOf(found, count);
    Arrays.sort(sorted);
    return counted(sorted);
  }

  public int size() {
    return buckets.length;
  }

  public int bucket(int i) {
    return buckets[i];
  }

  public float value(int i) {
    return values[i];
  }

  /** The same, weighed by rarity; the words together as long as the runs of letters together. */
  public Features weighed(Rarity rarity) {
    var weighed = new float[values.length];
    double ofWords = 1e-9;
    double ofLetters = 1e-9;
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] = (float) (1 + Math.log(values[i])) * rarity.of(buckets[i]);
      if (buckets[i] < HALF) {
        ofWords += weighed[i] * weighed[i];
      } else {
        ofLetters += weighed[i] * weighed[i];
      }
    }
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] /= (float) Math.sqrt(buckets[i] < HALF ? ofWords : ofLetters);
    }
    return new Features(buckets, weighed);
  }

  private static Features counted(int[] sorted) {
    var buckets = new int[sorted.length];
    var values = new float[sorted.length];
    int last = -1;
    for (int bucket : sorted) {
      if (last < 0 || buckets[last] != bucket) {
        buckets[++last] = bucket;
      }
      values[last]++;
    }
    return new Features(Arrays.copyOf(buckets, last + 1), Arrays.copyOf(values, last + 1));
  }

  /** Lower case, numbers as one digit, everything else one space; a space at either end. */
  private static String plain(String text) {
    var start = text.substring(0, Math.min(text.length(), 2 * MOST_WORDS)).toLowerCase(Locale.ROOT);
    var plain = new StringBuilder(" ");
    for (int i = 0; i < start.length() && plain.length() < MOST_WORDS; i++) {
      char c = start.charAt(i);
      char last = plain.charAt(plain.length() - 1);
      if (Character.isDigit(c)) {
        if (last != '0') {
          plain.append('0');
        }
      } else if (Character.isLetter(c)) {
        plain.append(c);
      } else if (last != ' ') {
        plain.append(' ');
      }
    }
    return plain.charAt(plain.length() - 1) == ' '
        ? plain.toString()
        : plain.append(' ').toString();
  }

  private static int words(String plain, int[] found) {
    int count = 0;
    int before = 0;
    int start = 1;
    for (int end = plain.indexOf(' ', start); end > 0; end = plain.indexOf(' ', start)) {
      int hash = hash(plain, start, end, 7);
      found[count++] = hash & (HALF - 1);
      if (before != 0) {
        found[count++] = mixed(before * 31 + hash) & (HALF - 1);
      }
      before = hash;
      start = end + 1;
    }
    return count;
  }

  private static int letters(String plain, int[] found, int from) {
    int count = from;
    for (int run = SHORTEST_RUN; run <= LONGEST_RUN; run++) {
      for (int i = 0; i + run <= plain.length(); i++) {
        found[count++] = HALF + (hash(plain, i, i + run, run) & (HALF - 1));
      }
    }
    return count;
  }

  private static int hash(String text, int from, int to, int seed) {
    int hash = seed;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return mixed(hash);
  }

  private static int mixed(int hash) {
    int mixed = hash * 0x9E3779B1;
    mixed ^= mixed >>> 15;
    mixed *= 0x85EBCA6B;
    return mixed ^ (mixed >>> 13);
  }
}
