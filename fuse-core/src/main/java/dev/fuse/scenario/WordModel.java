package dev.fuse.scenario;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How probable each label is for a text: a multinomial logistic regression over hashed words and
 * runs of letters, trained once by the build from labelled questions.
 */
public final class WordModel {

  public static final String NONE = "none";

  /** Half of them for words, half for runs of letters. */
  public static final int BUCKETS = 1 << 16;

  private static final int FORMAT = 1;
  private static final int MOST_LABELS = 50;

  private final List<String> labels;
  private final byte[] rarity;
  private final byte[] weights;
  private final float[] scales;
  private final float[] biases;

  /**
   * A trained model.
   *
   * @param labels names of scenarios; the last one is {@code none}
   * @param rarity of each bucket, in tenths
   * @param weights of each bucket for each label, label by label, as multiples of their scale
   */
  public WordModel(
      List<String> labels, byte[] rarity, byte[] weights, float[] scales, float[] biases) {
    this.labels = List.copyOf(labels);
    this.rarity = rarity;
    this.weights = weights;
    this.scales = scales;
    this.biases = biases;
  }

  List<String> labels() {
    return labels;
  }

  /** Reads what {@link #write} wrote. */
  public static WordModel read(InputStream stream) throws IOException {
    var in = new DataInputStream(stream);
    if (in.readInt() != FORMAT) {
      throw new IOException("the model of words is of another format");
    }
    int count = in.readInt();
    if (count < 1 || count > MOST_LABELS) {
      throw new IOException("the model of words has " + count + " labels");
    }
    var labels = new String[count];
    var scales = new float[count];
    var biases = new float[count];
    for (int i = 0; i < count; i++) {
      labels[i] = in.readUTF();
      scales[i] = in.readFloat();
      biases[i] = in.readFloat();
    }
    var rarity = in.readNBytes(BUCKETS);
    var weights = in.readNBytes(BUCKETS * count);
    if (weights.length < BUCKETS * count) {
      throw new IOException("the model of words is cut off");
    }
    return new WordModel(List.of(labels), rarity, weights, scales, biases);
  }

  /** Writes the model; the same one gives the same bytes. */
  public void write(OutputStream stream) throws IOException {
    var out = new DataOutputStream(stream);
    out.writeInt(FORMAT);
    out.writeInt(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.writeUTF(labels.get(i));
      out.writeFloat(scales[i]);
      out.writeFloat(biases[i]);
    }
    out.write(rarity);
    out.write(weights);
    out.flush();
  }

  /** Of each label, 0 to 1, all together 1; in the order of the labels. */
  double[] probabilities(String question) {
    var features = Features.of(question).weighed(this::rarity);
    var sums = new double[labels.size()];
    for (int label = 0; label < sums.length; label++) {
      int at = label * BUCKETS;
      double sum = 0;
      for (int i = 0; i < features.size(); i++) {
        sum += weights[at + features.bucket(i)] * features.value(i);
      }
      sums[label] = biases[label] + sum * scales[label];
    }
    return softmax(sums);
  }

  /** Where a label stands; -1 where it has none. */
  int find(String label) {
    return labels.indexOf(label);
  }

  private float rarity(int bucket) {
    return rarity[bucket] / 10f;
  }

  public static double[] softmax(double[] sums) {
    double most = IntStream.range(0, sums.length).mapToDouble(i -> sums[i]).max().orElse(0);
    double total = 0;
    var result = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      result[i] = Math.exp(sums[i] - most);
      total += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= total;
    }
    return result;
  }
}
