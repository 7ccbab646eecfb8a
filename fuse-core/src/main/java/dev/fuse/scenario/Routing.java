package dev.fuse.scenario;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/**
 * What the build trains from labelled questions: a model of words, and how much it and the nearness
 * to a scenario's texts count together.
 */
public final class Routing {

  /** How many measures are weighed. */
  public static final int MEASURES = 15;

  private static final String FILE = "routing.bin";
  private static final double LEAST = 1e-4;

  private final WordModel words;
  private final double[] weights;

  /**
   * What was trained.
   *
   * @param weights of the {@link #MEASURES measures} of one scenario for one question
   */
  public Routing(WordModel words, double[] weights) {
    this.words = words;
    this.weights = weights;
  }

  WordModel words() {
    return words;
  }

  /** The one that comes with Fuse. */
  static Routing standard() {
    try (InputStream in = Routing.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("'" + FILE + "' is missing in this jar");
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Routing read(InputStream stream) throws IOException {
    var in = new DataInputStream(stream);
    var weights = new double[MEASURES];
    for (int i = 0; i < MEASURES; i++) {
      weights[i] = in.readDouble();
    }
    return new Routing(WordModel.read(in), weights);
  }

  /** Writes it; the same one gives the same bytes. */
  public void write(OutputStream stream) throws IOException {
    var out = new DataOutputStream(stream);
    for (double weight : weights) {
      out.writeDouble(weight);
    }
    words.write(out);
  }

  /** How probable a scenario is by its measures, as the sum before it is squeezed into 0 to 1. */
  double sum(double[] measures) {
    return IntStream.range(0, MEASURES).mapToDouble(i -> weights[i] * measures[i]).sum();
  }

  /**
   * What is measured of one scenario and one question.
   *
   * @param labels how probable each label is
   * @param at the place of the scenario's label
   */
  static double[] measures(
      double[] labels, int at, Index.Signals near, boolean knowledge, boolean otherPlatform) {
    int none = labels.length - 1;
    double other =
        IntStream.range(0, none).filter(i -> i != at).mapToDouble(i -> labels[i]).max().orElse(0);
    return new double[] {
      1,
      Math.log(labels[at] + LEAST),
      Math.log(labels[none] + LEAST),
      Math.log(other + LEAST),
      near.best,
      near.second,
      near.key,
      near.breadth(),
      near.lift,
      near.background,
      near.margin(),
      near.unknown,
      knowledge ? 1 : 0,
      otherPlatform ? 1 : 0,
      Calibration.sum(Calibration.nearness(near, knowledge, otherPlatform))
    };
  }
}
