package dev.fuse.tool.fs.machine;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that is carried through even where the server is not trusted, to see its
 * certificates; nothing is sent over a connection that is not trusted.
 *
 * @param problem why it is not trusted; empty where it is
 */
record TlsHandshake(
    Optional<SSLSocket> socket,
    List<X509Certificate> chain,
    String problem,
    List<String> lines,
    List<Finding> findings) {

  private static final Duration SOON = Duration.ofDays(21);

  boolean trusted() {
    return problem.isEmpty();
  }

  static TlsHandshake with(Socket plain, String host, int port) {
    try {
      var ours = trustManager(null);
      var seen = new Witness(ours);
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {seen}, null);
      var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      if (host.matches(".*[A-Za-z].*") && !host.contains(":")) {
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      var name =
          seen.problem.isEmpty() ? CertificateNames.problem(seen.chain.getFirst(), host) : "";
      return of(
          Optional.of(socket),
          seen.chain,
          seen.problem + name,
          host,
          socket.getSession().getProtocol());
    } catch (SSLException e) {
      return failed(
          host,
          "TLS: the handshake failed: " + e.getMessage(),
          "it speaks no TLS on this port, an old version only, or wants a certificate of ours");
    } catch (IOException | GeneralSecurityException e) {
      return failed(
          host,
          "TLS: the handshake failed: " + e.getMessage(),
          "the connection was cut: a proxy or firewall on the way may do that");
    }
  }

  private static TlsHandshake of(
      Optional<SSLSocket> socket,
      List<X509Certificate> chain,
      String problem,
      String host,
      String protocol) {
    var lines = new ArrayList<String>();
    var findings = new ArrayList<Finding>();
    lines.add(
        "TLS: "
            + protocol
            + (problem.isEmpty() ? ", trusted by the JDK's CAs" : ", not trusted: " + problem));
    for (var one : chain) {
      lines.add(
          "  %s, issued by %s, valid until %s"
              .formatted(
                  one.getSubjectX500Principal().getName(),
                  one.getIssuerX500Principal().getName(),
                  one.getNotAfter().toInstant()));
    }
    if (!problem.isEmpty()) {
      findings.add(
          Finding.error(
              "certificate of " + host,
              problem,
              cause(chain, problem),
              "get the CA's certificate from whoever runs it and trust that, not everything"));
    }
    expiry(chain, host, findings);
    return new TlsHandshake(socket, List.copyOf(chain), problem, lines, findings);
  }

  private static String cause(List<X509Certificate> chain, String problem) {
    if (problem.contains("not for")) {
      return "another server answers, or the name is not in the certificate";
    }
    var last = chain.getLast();
    if (last.getNotAfter().toInstant().isBefore(Instant.now())) {
      return "a certificate of the chain has expired";
    }
    return chain.size() == 1
            && !last.getSubjectX500Principal().equals(last.getIssuerX500Principal())
        ? "the server does not send the certificates between its own and the CA's, or a proxy signs"
            + " anew"
        : "the CA "
            + last.getIssuerX500Principal().getName()
            + " is not known here: a company's own, or a proxy that reads along";
  }

  private static void expiry(List<X509Certificate> chain, String host, List<Finding> findings) {
    for (var one : chain) {
      var left = Duration.between(Instant.now(), one.getNotAfter().toInstant());
      if (!left.isNegative() && left.compareTo(SOON) < 0) {
        findings.add(
            Finding.warning(
                "certificate of " + host,
                "%s is valid for %d more days"
                    .formatted(one.getSubjectX500Principal().getName(), left.toDays()),
                "",
                "renew it"));
      }
    }
  }

  private static TlsHandshake failed(String host, String seen, String cause) {
    return new TlsHandshake(
        Optional.empty(),
        List.of(),
        seen,
        List.of(seen),
        List.of(Finding.error(host, seen, cause, "")));
  }

  /** Whether the CAs of a bundle would trust it. */
  boolean trustedBy(Path bundle) {
    if (!Files.isRegularFile(bundle)) {
      return false;
    }
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var one : TrustStore.read(bundle)) {
        store.setCertificateEntry("ca" + number++, one);
      }
      trustManager(store).checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
      return true;
    } catch (GeneralSecurityException | IOException e) {
      return false;
    }
  }

  private static X509TrustManager trustManager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager ours) {
        return ours;
      }
    }
    throw new GeneralSecurityException("there is no trust manager");
  }

  /** Remembers what it saw and what was wrong with it. */
  private static final class Witness implements X509TrustManager {
    private final X509TrustManager ours;
    private List<X509Certificate> chain = List.of();
    private String problem = "";

    Witness(X509TrustManager ours) {
      this.ours = ours;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type) {
      chain = List.of(certificates);
      try {
        ours.checkServerTrusted(certificates, type);
      } catch (CertificateException e) {
        problem = Shown.line(String.valueOf(e.getMessage()), 300);
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return ours.getAcceptedIssuers();
    }
  }
}
