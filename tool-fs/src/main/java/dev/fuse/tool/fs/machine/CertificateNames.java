package dev.fuse.tool.fs.machine;

import dev.fuse.tool.fs.place.Shown;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** For whom a certificate was made out. */
final class CertificateNames {

  private CertificateNames() {}

  /** Why a certificate is not for a host; empty where it is. */
  static String problem(X509Certificate certificate, String host) {
    var names = of(certificate);
    var wanted = host.toLowerCase(Locale.ROOT);
    boolean fits = names.stream().anyMatch(name -> fits(name.toLowerCase(Locale.ROOT), wanted));
    return fits ? "" : "it is not for '" + host + "' but for " + String.join(", ", names);
  }

  /** DNS names and addresses. */
  private static List<String> of(X509Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
          .flatMap(names -> names.stream())
          .filter(name -> Objects.equals(name.get(0), 2) || Objects.equals(name.get(0), 7))
          .map(name -> Shown.line(String.valueOf(name.get(1)), 100))
          .limit(20)
          .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  /** A star stands for one label, the first. */
  private static boolean fits(String name, String host) {
    if (!name.startsWith("*.")) {
      return name.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equals(name.substring(1));
  }
}
