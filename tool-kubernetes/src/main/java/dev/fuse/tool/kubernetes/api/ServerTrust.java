package dev.fuse.tool.kubernetes.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which API servers a context trusts: those of its authority, any, or those that the JDK trusts.
 */
final class ServerTrust {

  private ServerTrust() {}

  /**
   * TLS as a context has it.
   *
   * @param authority the certificates of its authority in PEM; the JDK's own where there are none
   * @param any whether {@code insecure-skip-tls-verify} is set
   */
  static SSLContext tls(Optional<String> authority, boolean any, Optional<ClientKey> key)
      throws GeneralSecurityException, IOException {
    var context = SSLContext.getInstance("TLS");
    var managers = key.map(ClientKey::managers).orElse(null);
    if (any) {
      context.init(managers, new TrustManager[] {new Anyone()}, null);
    } else if (authority.isPresent()) {
      context.init(managers, trusting(authority.get()), null);
    } else {
      context.init(managers, null, null);
    }
    return context;
  }

  private static TrustManager[] trusting(String pem) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    int number = 0;
    for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Trusts any server, as the person's kubeconfig says; an extended one, so names do not count. */
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
