package dev.fuse.cli.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with a certificate for the loopback, made anew for each training and thrown away. */
record TrainingIdentity(KeyStore store) {

  private static final String NAME = "training";
  private static final char[] PASSWORD = "training".toCharArray();

  /**
   * Makes one with the JDK's own keytool.
   *
   * @throws IOException if that does not work
   */
  static TrainingIdentity make(Path folder) throws IOException {
    var file = folder.resolve("identity.p12");
    var command =
        List.of(
            keytool(),
            "-genkeypair",
            "-alias",
            NAME,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + NAME,
            "-ext",
            "san=ip:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString());
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IOException("keytool ended with " + code);
      }
      return new TrainingIdentity(KeyStore.getInstance(file.toFile(), PASSWORD));
    } catch (InterruptedException | GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String keytool() {
    var java = ProcessHandle.current().info().command().orElse("java");
    return Path.of(java).resolveSibling("keytool").toString();
  }

  SSLContext tls() throws IOException {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** A kubeconfig that trusts the certificate and logs in with it, as those of many clusters do. */
  String kubeconfig(int port) throws IOException {
    try {
      var certificate = pem("CERTIFICATE", store.getCertificate(NAME).getEncoded());
      var key = pem("PRIVATE KEY", store.getKey(NAME, PASSWORD).getEncoded());
      return """
          apiVersion: v1
          kind: Config
          current-context: training
          contexts:
          - name: training
            context: {cluster: training, user: training, namespace: team-a}
          clusters:
          - name: training
            cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}
          users:
          - name: training
            user: {client-certificate-data: %s, client-key-data: %s}
          """
          .formatted(port, certificate, certificate, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** PEM (RFC 7468) in Base64, as kubeconfigs hold it. */
  private static String pem(String type, byte[] content) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    var text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
