package dev.fuse.tool.kubernetes.look;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** An amount of CPU, memory or another resource as Kubernetes writes it. */
public final class Quantity {

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("0.000000001")),
          Map.entry("u", new BigDecimal("0.000001")),
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("", BigDecimal.ONE));

  private Quantity() {}

  /** Its value in cores, bytes or pieces; zero where it cannot be read. */
  public static BigDecimal of(String text) {
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    var unit = UNITS.get(text.substring(end));
    try {
      return unit == null || end == 0
          ? BigDecimal.ZERO
          : new BigDecimal(text.substring(0, end)).multiply(unit);
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }

  /** As people write it: memory and storage in Mi or Gi, all else as a number. */
  public static String words(BigDecimal amount, String resource) {
    if (!resource.contains("memory") && !resource.contains("storage")) {
      return amount.stripTrailingZeros().toPlainString();
    }
    var unit = amount.abs().compareTo(UNITS.getOrDefault("Gi", BigDecimal.ONE)) < 0 ? "Mi" : "Gi";
    return amount
            .divide(UNITS.getOrDefault(unit, BigDecimal.ONE), 1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + unit;
  }
}
