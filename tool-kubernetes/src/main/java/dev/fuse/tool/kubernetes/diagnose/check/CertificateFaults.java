package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Certificates that have expired, expire soon or are for another host. Of a TLS Secret only the
 * public certificate is read; its key is skipped unread.
 */
public record CertificateFaults(Snapshot snapshot, Faults faults) {

  private static final Duration SOON = Duration.ofDays(14);
  private static final int DNS_NAME = 2;

  /** The certificate of a TLS Secret that something serves for those hosts. */
  void ofSecret(Json server, String secret, List<String> hosts) {
    byte[] pem;
    try {
      pem = snapshot.place().cluster().certificate(server.namespace(), secret);
    } catch (ToolFailure failure) {
      snapshot.notChecked("certificate in Secret " + secret + ": " + failure.result().problem());
      return;
    }
    var what = "the certificate in Secret " + server.namespace() + "/" + secret;
    if (pem.length == 0) {
      add(server, what + " is not there: it has no tls.crt", "HTTPS has no certificate", "");
      return;
    }
    var chain = read(pem);
    if (chain.isEmpty()) {
      add(server, what + " cannot be read as PEM", "HTTPS has no certificate", "make it anew");
      return;
    }
    var first = chain.getFirst();
    if (dates(server, what, first)) {
      return;
    }
    var names = names(first);
    hosts.stream()
        .filter(host -> !host.isEmpty() && names.stream().noneMatch(name -> covers(name, host)))
        .findFirst()
        .ifPresent(
            host ->
                add(
                    server,
                    what + " is for " + Words.joined(names) + ", the host is " + host,
                    "the certificate is not for host " + host,
                    "make it anew with that name"));
  }

  /** A bundle of CAs, as webhooks and API services carry it. */
  void ofBundle(Json owner, String where, String bundle) {
    var pem = decoded(bundle);
    if (pem.length == 0) {
      return;
    }
    var all = read(pem);
    if (all.isEmpty()) {
      add(owner, "caBundle of " + where + " cannot be read as PEM", "no server is trusted", "");
      return;
    }
    dates(owner, "the CA in caBundle of " + where, all.getFirst());
  }

  private boolean dates(Json owner, String what, X509Certificate certificate) {
    var end = certificate.getNotAfter().toInstant();
    var begin = certificate.getNotBefore().toInstant();
    var now = snapshot.now();
    if (end.isBefore(now)) {
      add(owner, what + " expired on " + end + ", it is " + at(now), "it has expired", "renew it");
      return true;
    }
    if (begin.isAfter(now)) {
      add(owner, what + " holds only from " + begin + " on", "it is not valid yet", "");
      return true;
    }
    if (end.isBefore(now.plus(SOON))) {
      faults.add(
          owner.ref() + " certificate",
          Fault.warning(
              owner.ref(),
              what + " expires on " + end + ", in " + Duration.between(now, end).toDays() + " days",
              "it has not been renewed",
              "renew it; with cert-manager see its Certificate"));
    }
    return false;
  }

  private static String at(java.time.Instant now) {
    return now.truncatedTo(java.time.temporal.ChronoUnit.MINUTES).toString();
  }

  private void add(Json owner, String seen, String cause, String next) {
    faults.add(owner.ref() + " certificate " + cause, Fault.error(owner.ref(), seen, cause, next));
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      return base64.getBytes(StandardCharsets.UTF_8);
    }
  }

  static List<X509Certificate> read(byte[] pem) {
    try {
      var all = new ArrayList<X509Certificate>();
      for (var one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        if (one instanceof X509Certificate certificate) {
          all.add(certificate);
        }
      }
      return all;
    } catch (CertificateException e) {
      return List.of();
    }
  }

  static List<String> names(X509Certificate certificate) {
    var names = new ArrayList<String>();
    try {
      for (var one :
          Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of())) {
        if (one.getFirst() instanceof Integer type && type == DNS_NAME) {
          names.add(String.valueOf(one.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return names;
    }
    return names;
  }

  public static boolean covers(String name, String host) {
    if (name.equalsIgnoreCase(host)) {
      return true;
    }
    int dot = host.indexOf('.');
    return name.startsWith("*.")
        && dot > 0
        && name.substring(1).equalsIgnoreCase(host.substring(dot));
  }
}
