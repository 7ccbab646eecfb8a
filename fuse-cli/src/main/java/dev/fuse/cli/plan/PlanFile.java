package dev.fuse.cli.plan;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Reason;
import dev.fuse.cli.json.Json;
import dev.fuse.gate.Confirmer.Confirmation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes that were proposed and not made, as a file holds them.
 *
 * @param question what they were proposed for
 */
public record PlanFile(String question, List<Step> steps) {

  private static final long VERSION = 1;

  /**
   * One call.
   *
   * @param hash of the call and of what it was going to do when the plan was written
   */
  public record Step(
      String tool,
      Map<String, Object> arguments,
      String summary,
      String risk,
      List<String> effects,
      String preview,
      String hash) {

    /** The step for a call that is asked about. */
    public static Step of(Confirmation asked) {
      return new Step(
          asked.tool(),
          asked.arguments(),
          asked.summary(),
          asked.risk().name(),
          asked.effects().stream().map(it -> it.verb() + " " + it.target()).toList(),
          asked.preview().map(it -> it.title() + "\n" + it.body()).orElse(""),
          PlanFile.hash(asked));
    }
  }

  public PlanFile {
    steps = List.copyOf(steps);
  }

  /** Of the call, its effects and its preview, so that a target that has changed is noticed. */
  public static String hash(Confirmation asked) {
    var text =
        asked.tool()
            + "\n"
            + Json.write(new TreeMap<>(asked.arguments()))
            + "\n"
            + asked.summary()
            + "\n"
            + asked.effects()
            + "\n"
            + asked.preview().map(it -> it.title() + "\n" + it.body()).orElse("");
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** As it is written. */
  public String text() {
    var all = new ArrayList<Map<String, Object>>();
    for (var step : steps) {
      var data = new LinkedHashMap<String, Object>();
      data.put("tool", step.tool());
      data.put("arguments", step.arguments());
      data.put("summary", step.summary());
      data.put("risk", step.risk());
      data.put("effects", step.effects());
      data.put("preview", step.preview());
      data.put("hash", step.hash());
      all.add(data);
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("version", VERSION);
    document.put("question", question);
    document.put("calls", all);
    return Json.writeIndented(document) + "\n";
  }

  /**
   * Reads one.
   *
   * @throws FuseException of kind INVALID if the text is no plan
   */
  public static PlanFile read(Path file, byte[] bytes) {
    try {
      var document = Json.object(new String(bytes, StandardCharsets.UTF_8));
      if (!(document.get("calls") instanceof List<?> calls)
          || !Long.valueOf(VERSION).equals(document.get("version"))) {
        throw new IOException("it has no calls, or another version than " + VERSION);
      }
      var steps = new ArrayList<Step>();
      for (var call : calls) {
        steps.add(step(call));
      }
      return new PlanFile(text(document.get("question")), steps);
    } catch (IOException e) {
      throw new FuseException(
          Kind.INVALID,
          "'" + file + "' is not a plan: " + e.getMessage(),
          "write one with fuse --plan-out FILE 'QUESTION'");
    }
  }

  /** The bytes of a plan file. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new FuseException(
          Kind.USAGE, "'" + file + "' cannot be read: " + Reason.of(e), "name a plan's file");
    }
  }

  private static Step step(@Nullable Object call) throws IOException {
    if (!(call instanceof Map<?, ?> map)
        || !(map.get("tool") instanceof String tool)
        || !(map.get("arguments") instanceof Map<?, ?> given)
        || !(map.get("hash") instanceof String hash)) {
      throw new IOException("a call lacks its tool, arguments or hash");
    }
    var arguments = new LinkedHashMap<String, Object>();
    given.forEach(
        (key, value) -> {
          if (value != null) {
            arguments.put(String.valueOf(key), value);
          }
        });
    var effects = new ArrayList<String>();
    if (map.get("effects") instanceof List<?> all) {
      all.forEach(effect -> effects.add(text(effect)));
    }
    return new Step(
        tool,
        arguments,
        text(map.get("summary")),
        text(map.get("risk")),
        effects,
        text(map.get("preview")),
        hash);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
