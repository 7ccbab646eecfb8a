package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.TrustStore;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the certificates that programs are told to trust are there and still valid. */
record TrustCheck(Map<String, String> environment) implements MachineCheck {

  private static final List<String> FILES =
      List.of(
          "SSL_CERT_FILE",
          "NODE_EXTRA_CA_CERTS",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "GIT_SSL_CAINFO",
          "AWS_CA_BUNDLE",
          "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE");

  /** Bytes above which a file holds all the world's CAs and not a company's. */
  private static final long BUNDLE = 48 << 10;

  private static final Map<String, String> OFF =
      Map.of(
          "NODE_TLS_REJECT_UNAUTHORIZED",
          "0",
          "GIT_SSL_NO_VERIFY",
          "true",
          "PYTHONHTTPSVERIFY",
          "0");

  @Override
  public String name() {
    return "certificates to trust";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    for (var name : FILES) {
      var value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        file(name, value, found);
      }
    }
    OFF.forEach(
        (name, value) -> {
          if (environment.getOrDefault(name, "").equals(value)) {
            found.add(
                Finding.warning(
                    name,
                    name + "=" + value,
                    "certificates are not checked at all",
                    "unset it and trust the right CA instead"));
          }
        });
    if (TrustStore.BUNDLES.stream().noneMatch(Files::exists)
        && environment.getOrDefault("SSL_CERT_FILE", "").isEmpty()) {
      found.add(
          Finding.warning(
              "CA bundle",
              "none of the usual bundles of CAs is there",
              "curl, git and Python cannot check any server",
              "install the package ca-certificates"));
    }
    return found;
  }

  private static void file(String name, String value, List<Finding> found) {
    try {
      var path = Path.of(value);
      if (!Files.isRegularFile(path)) {
        found.add(
            Finding.error(
                name,
                name + " is '" + Shown.name(value) + "', which is not there",
                "every TLS connection of programs that mind it fails",
                "correct or unset it"));
        return;
      }
      certificates(name, path, found);
    } catch (InvalidPathException | IOException | CertificateException e) {
      found.add(
          Finding.error(
              name,
              "'"
                  + Shown.name(value)
                  + "' cannot be read: "
                  + Shown.line(String.valueOf(e.getMessage()), 200),
              "",
              "correct or unset it"));
    }
  }

  private static void certificates(String name, Path path, List<Finding> found)
      throws IOException, CertificateException {
    // In a bundle of a hundred, old ones are no fault, and reading them takes half a second.
    if (Files.size(path) > BUNDLE && holdsCertificates(path)) {
      return;
    }
    var all = TrustStore.read(path);
    if (all.isEmpty()) {
      found.add(
          Finding.error(
              name, "'" + Shown.name(path) + "' holds no certificate", "", "correct or unset it"));
    }
    for (var one : all) {
      var end = one.getNotAfter().toInstant();
      var seen =
          "%s of '%s' is valid until %s"
              .formatted(one.getSubjectX500Principal().getName(), Shown.name(path), end);
      if (end.isBefore(Instant.now())) {
        found.add(Finding.error(name, seen, "the certificate has expired", "get the new one"));
      } else if (end.isBefore(Instant.now().plus(Duration.ofDays(14)))) {
        found.add(Finding.warning(name, seen, "it expires soon", "get the new one"));
      }
    }
  }

  private static boolean holdsCertificates(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      return new String(in.readNBytes((int) BUNDLE), StandardCharsets.ISO_8859_1)
          .contains("-----BEGIN CERTIFICATE-----");
    }
  }
}
