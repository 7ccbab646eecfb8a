package dev.fuse.boundary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Measures masking on the files of a folder: {@code -Dfuse.masking=FOLDER}. */
class MaskingReport {

  @Test
  @EnabledIfSystemProperty(named = "fuse.masking", matches = ".+")
  void alarms_and_speed() throws IOException {
    var times = new ArrayList<Double>();
    long characters = 0;
    int alarms = 0;
    try (var files = Files.walk(Path.of(System.getProperty("fuse.masking")))) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        SecretFinder.spans(text);
        long start = System.nanoTime();
        var spans = new Spans();
        spans.addAll(SecretFinder.spans(text));
        times.add((System.nanoTime() - start) / 1e6);
        characters += text.length();
        for (var span : spans.united()) {
          alarms++;
          System.out.println(
              file
                  + " "
                  + span.name()
                  + ": "
                  + text.substring(span.start(), Math.min(span.end(), span.start() + 60)));
        }
      }
    }
    Collections.sort(times);
    double seconds = times.stream().mapToDouble(Double::doubleValue).sum() / 1000;
    System.out.printf(
        Locale.ROOT,
        "%d texts, %.1f MB, %d masked, %.0f MB/s, 95th percentile %.1f ms, slowest %.1f ms%n",
        times.size(),
        characters / 1e6,
        alarms,
        characters / 1e6 / seconds,
        times.get(times.size() * 95 / 100),
        times.getLast());
  }
}
