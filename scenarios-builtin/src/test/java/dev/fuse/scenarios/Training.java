package dev.fuse.scenarios;

import dev.fuse.scenario.Features;
import dev.fuse.scenario.Installed;
import dev.fuse.scenario.LexicalClassifier;
import dev.fuse.scenario.Routing;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.WordModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains what classification weighs: a logistic regression over words, and another one that stacks
 * it on nearness to examples, with predictions that were made for questions it had not seen. The
 * same questions give the same bytes.
 */
final class Training {

  private static final int EPOCHS = 12;
  private static final double RATE = 0.1;
  private static final double PENALTY = 1e-5;
  private static final int PARTS = 5;
  private static final int SALT = 3;
  private static final int STEPS = 25;

  private final List<Scenario> scenarios;
  private final List<String> labels;

  Training(List<Scenario> scenarios) {
    this.scenarios = scenarios;
    var names = new ArrayList<>(scenarios.stream().map(Scenario::name).toList());
    names.add(WordModel.NONE);
    this.labels = List.copyOf(names);
  }

  /**
   * What these questions teach.
   *
   * @param always questions for words alone, such as examples, to which nearness means nothing
   */
  Routing on(List<Labelled> questions, List<Labelled> always) {
    var rows = new ArrayList<double[]>();
    var right = new ArrayList<Boolean>();
    for (int part = 0; part < PARTS; part++) {
      int held = part;
      var others = new ArrayList<>(always);
      questions.stream().filter(it -> it.part(PARTS, SALT) != held).forEach(others::add);
      var classifier = classifier(new Routing(words(others), new double[Routing.MEASURES]));
      for (var question : questions) {
        if (question.part(PARTS, SALT) == held) {
          classifier
              .measures(question.text())
              .forEach(
                  (scenario, measures) -> {
                    rows.add(measures);
                    right.add(question.fits(scenario));
                  });
        }
      }
    }
    var all = new ArrayList<>(always);
    all.addAll(questions);
    return new Routing(words(all), stacked(rows, right));
  }

  LexicalClassifier classifier(Routing routing) {
    return LexicalClassifier.of(scenarios, Installed.nothing(), routing);
  }

  /** Stochastic descent with steps that shrink where much was learnt. */
  private WordModel words(List<Labelled> questions) {
    int count = labels.size();
    var raw = questions.stream().map(it -> Features.of(it.text())).toList();
    var rarity = rarity(raw);
    var inputs = raw.stream().map(it -> it.weighed(bucket -> rarity[bucket] / 10f)).toList();
    var weights = new float[count][WordModel.BUCKETS];
    var learnt = new float[count][WordModel.BUCKETS];
    var biases = new float[count];
    var learntBiases = new float[count];
    var order = new ArrayList<>(IntStream.range(0, inputs.size()).boxed().toList());
    var random = new Random(42);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Collections.shuffle(order, random);
      for (int at : order) {
        var input = inputs.get(at);
        var guess = guess(input, weights, biases);
        int truth = labels.indexOf(questions.get(at).label());
        for (int label = 0; label < count; label++) {
          float error = (float) (guess[label] - (label == truth ? 1 : 0));
          learntBiases[label] += error * error;
          biases[label] -= (float) (RATE * error / Math.sqrt(1 + learntBiases[label]));
          descend(input, error, weights[label], learnt[label]);
        }
      }
    }
    return packed(rarity, weights, biases);
  }

  private static double[] guess(Features input, float[][] weights, float[] biases) {
    var sums = new double[biases.length];
    for (int label = 0; label < sums.length; label++) {
      double sum = biases[label];
      for (int i = 0; i < input.size(); i++) {
        sum += weights[label][input.bucket(i)] * input.value(i);
      }
      sums[label] = sum;
    }
    return WordModel.softmax(sums);
  }

  private static void descend(Features input, float error, float[] weights, float[] learnt) {
    for (int i = 0; i < input.size(); i++) {
      int bucket = input.bucket(i);
      float slope = error * input.value(i) + (float) PENALTY * weights[bucket];
      learnt[bucket] += slope * slope;
      weights[bucket] -= (float) (RATE * slope / Math.sqrt(0.01 + learnt[bucket]));
    }
  }

  private static byte[] rarity(List<Features> all) {
    var counts = new int[WordModel.BUCKETS];
    for (var features : all) {
      for (int i = 0; i < features.size(); i++) {
        counts[features.bucket(i)]++;
      }
    }
    var rarity = new byte[WordModel.BUCKETS];
    for (int bucket = 0; bucket < rarity.length; bucket++) {
      double value = Math.log((1.0 + all.size()) / (1 + counts[bucket])) + 1;
      rarity[bucket] = (byte) Math.min(Byte.MAX_VALUE, Math.round(10 * value));
    }
    return rarity;
  }

  private WordModel packed(byte[] rarity, float[][] weights, float[] biases) {
    var packed = new byte[WordModel.BUCKETS * labels.size()];
    var scales = new float[labels.size()];
    for (int label = 0; label < scales.length; label++) {
      float most = 1e-9f;
      for (float weight : weights[label]) {
        most = Math.max(most, Math.abs(weight));
      }
      scales[label] = most / Byte.MAX_VALUE;
      for (int bucket = 0; bucket < WordModel.BUCKETS; bucket++) {
        packed[label * WordModel.BUCKETS + bucket] =
            (byte) Math.round(weights[label][bucket] / scales[label]);
      }
    }
    return new WordModel(labels, rarity, packed, scales, biases);
  }

  /** Newton's method; the penalty spares the constant. */
  private static double[] stacked(List<double[]> rows, List<Boolean> right) {
    int size = Routing.MEASURES;
    var weights = new double[size];
    for (int step = 0; step < STEPS; step++) {
      var slope = new double[size];
      var curve = new double[size][size];
      for (int row = 0; row < rows.size(); row++) {
        var x = rows.get(row);
        double sum = 0;
        for (int i = 0; i < size; i++) {
          sum += weights[i] * x[i];
        }
        double guess = 1 / (1 + Math.exp(-sum));
        double spread = Math.max(guess * (1 - guess), 1e-6);
        for (int i = 0; i < size; i++) {
          slope[i] += (guess - (right.get(row) ? 1 : 0)) * x[i];
          for (int j = 0; j < size; j++) {
            curve[i][j] += spread * x[i] * x[j];
          }
        }
      }
      for (int i = 0; i < size; i++) {
        double penalty = i == 0 ? 1e-3 : 1;
        slope[i] += penalty * weights[i];
        curve[i][i] += penalty;
      }
      var change = solved(curve, slope);
      for (int i = 0; i < size; i++) {
        weights[i] -= change[i];
      }
    }
    return weights;
  }

  /** Gauss and Jordan, with the largest pivot. */
  private static double[] solved(double[][] matrix, double[] vector) {
    int size = vector.length;
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int row = column + 1; row < size; row++) {
        if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
          pivot = row;
        }
      }
      var line = matrix[column];
      matrix[column] = matrix[pivot];
      matrix[pivot] = line;
      double value = vector[column];
      vector[column] = vector[pivot];
      vector[pivot] = value;
      for (int row = 0; row < size; row++) {
        if (row != column) {
          double factor = matrix[row][column] / matrix[column][column];
          for (int k = column; k < size; k++) {
            matrix[row][k] -= factor * matrix[column][k];
          }
          vector[row] -= factor * vector[column];
        }
      }
    }
    var result = new double[size];
    for (int i = 0; i < size; i++) {
      result[i] = vector[i] / matrix[i][i];
    }
    return result;
  }
}
