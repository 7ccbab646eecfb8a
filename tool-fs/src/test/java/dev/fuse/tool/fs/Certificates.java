package dev.fuse.tool.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates for tests, made by the JDK's keytool. */
public record Certificates(Path store, Path pem) {

  public static final String PASSWORD = "changeit";

  public static Certificates make(Path folder, String name, String... options)
      throws IOException, InterruptedException {
    var store = folder.resolve(name + ".p12");
    var pem = folder.resolve(name + ".pem");
    var words =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12"));
    words.addAll(List.of(options));
    keytool(store, words);
    keytool(store, List.of("-exportcert", "-rfc", "-alias", name, "-file", pem.toString()));
    return new Certificates(store, pem);
  }

  private static void keytool(Path store, List<String> words)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(words);
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    if (new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        != 0) {
      throw new IOException("keytool failed: " + command);
    }
  }
}
