package dev.fuse.tool.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * etcd and kube-apiserver alone, with state in a folder of their own; they end with this JVM.
 *
 * @param programs as {@code setup-envtest} lays them
 */
record LoneApiServer(Path programs, Path folder) {

  private static final String TOKEN = "for-tests-on-loopback-only";
  private static final int PATIENCE_SECONDS = 60;

  /** The kubeconfig of its administrator. */
  Path start() throws IOException, GeneralSecurityException {
    int storage = freePort();
    int api = freePort();
    Files.writeString(folder.resolve("tokens"), TOKEN + ",admin,admin,system:masters\n");
    Files.writeString(folder.resolve("account.key"), signingKey());
    run(
        "etcd",
        "data-dir=" + folder.resolve("etcd"),
        "listen-client-urls=http://127.0.0.1:" + storage,
        "advertise-client-urls=http://127.0.0.1:" + storage,
        "listen-peer-urls=http://127.0.0.1:0",
        "unsafe-no-fsync=true");
    var server =
        run(
            "kube-apiserver",
            "etcd-servers=http://127.0.0.1:" + storage,
            "bind-address=127.0.0.1",
            "secure-port=" + api,
            "cert-dir=" + folder.resolve("pki"),
            "token-auth-file=" + folder.resolve("tokens"),
            "authorization-mode=RBAC",
            "service-account-issuer=https://127.0.0.1:" + api,
            "service-account-key-file=" + folder.resolve("account.key"),
            "service-account-signing-key-file=" + folder.resolve("account.key"),
            "service-cluster-ip-range=10.0.0.0/24",
            "disable-admission-plugins=ServiceAccount");
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig(api));
    await(server, kubeconfig);
    return kubeconfig;
  }

  private Process run(String program, String... options) throws IOException {
    var words = new ArrayList<>(List.of(programs.resolve(program).toString()));
    List.of(options).forEach(option -> words.add("--" + option));
    var log = folder.resolve(program + ".log").toFile();
    var process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private void await(Process server, Path kubeconfig) throws IOException {
    var bench = new Bench(folder, Map.of("KUBECONFIG", kubeconfig.toString()));
    for (int i = 0; i < PATIENCE_SECONDS * 10 && !ended(server); i++) {
      if (hasNamespaces(bench)) {
        return;
      }
    }
    throw new IOException(Files.readString(folder.resolve("kube-apiserver.log")));
  }

  private static boolean hasNamespaces(Bench bench) {
    try {
      return bench.run("k8s_list", "kind", "ns", "grep", "^default ").text().contains("Active");
    } catch (Exception e) {
      return false; // it is still starting
    }
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String kubeconfig(int port) {
    return """
    apiVersion: v1
    kind: Config
    current-context: lone
    clusters:
    - name: lone
      cluster: {server: 'https://127.0.0.1:%d', certificate-authority: pki/apiserver.crt}
    contexts:
    - {name: lone, context: {cluster: lone, user: admin}}
    users:
    - {name: admin, user: {token: %s}}
    """
        .formatted(port, TOKEN);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String signingKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var key = generator.generateKeyPair().getPrivate().getEncoded();
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }
}
