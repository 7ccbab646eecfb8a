package dev.fuse.tool.kubernetes.api;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate with which a client shows who it is, and its key. It is handed to TLS as it is: a
 * key store would encrypt the key and decrypt it again, which takes longer than the handshake.
 *
 * @param chain the certificate and those that signed it
 */
record ClientKey(PrivateKey key, List<X509Certificate> chain) {

  private static final String ALIAS = "client";

  ClientKey {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both from PEM.
   *
   * @throws IllegalArgumentException if one of them is something else
   */
  static ClientKey of(String certificates, String key) {
    try {
      var chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificates.getBytes(StandardCharsets.UTF_8)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("the client certificate is not in PEM");
      }
      return new ClientKey(PemKey.read(key), chain);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("client certificate: " + e.getMessage(), e);
    }
  }

  KeyManager[] managers() {
    return new KeyManager[] {new Only()};
  }

  /** Always chooses this key, whatever the server asks for; a server that refuses it says so. */
  private final class Only extends X509ExtendedKeyManager {
    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
