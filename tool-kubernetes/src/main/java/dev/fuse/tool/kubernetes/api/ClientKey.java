package dev.fuse.tool.kubernetes.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.CertUtils;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A client's certificate whose key is in PKCS #8 ({@code BEGIN PRIVATE KEY}), of which the client
 * library reads only RSA; this reads every algorithm that the JDK knows.
 *
 * @param chain the certificate and those that signed it
 */
record ClientKey(PrivateKey key, List<Certificate> chain) {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";

  ClientKey {
    chain = List.copyOf(chain);
  }

  /** Takes the key out of the configuration, if it is one that the library would not read. */
  static Optional<ClientKey> take(Config config) throws IOException, GeneralSecurityException {
    var pem = read(config.getClientKeyData(), config.getClientKeyFile());
    if (!pem.contains(BEGIN)) {
      return Optional.empty();
    }
    var certificates = read(config.getClientCertData(), config.getClientCertFile());
    var chain =
        CertificateFactory.getInstance("X.509").generateCertificates(bytes(certificates)).stream()
            .map(Certificate.class::cast)
            .toList();
    var key = new ClientKey(parse(pem), chain);
    config.setClientKeyData(null);
    config.setClientKeyFile(null);
    config.setClientCertData(null);
    config.setClientCertFile(null);
    return Optional.of(key);
  }

  /** Gives the key to a client that is being built. */
  void use(HttpClient.Builder builder, Config config) {
    try {
      builder.sslContext(managers(), SSLUtils.trustManagers(config));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("client certificate: " + e.getMessage(), e);
    }
  }

  private KeyManager[] managers() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry("client", key, new char[0], chain.toArray(new Certificate[0]));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static PrivateKey parse(String pem) throws GeneralSecurityException {
    var body = pem.substring(pem.indexOf(BEGIN) + BEGIN.length(), pem.indexOf("-----END PRIVATE"));
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
    return Stream.of("EC", "RSA", "EdDSA")
        .flatMap(algorithm -> key(algorithm, spec).stream())
        .findFirst()
        .orElseThrow(
            () -> new InvalidKeySpecException("the client key is neither EC, RSA nor EdDSA"));
  }

  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // a key of another algorithm
    }
  }

  private static String read(
      @org.jspecify.annotations.Nullable String data,
      @org.jspecify.annotations.Nullable String file)
      throws IOException {
    if (data == null && file == null) {
      return "";
    }
    try (var stream = CertUtils.getInputStreamFromDataOrFile(data, file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
