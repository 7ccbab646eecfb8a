package dev.fuse.tool.git;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** Repositories over SSH for one public key, through Apache MINA. */
final class SshRemote implements AutoCloseable {

  private final SshServer server;

  SshRemote(Path hostKey, String authorizedKey) throws Exception {
    PublicKey right =
        AuthorizedKeyEntry.parseAuthorizedKeyEntry(authorizedKey)
            .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(hostKey));
    server.setUserAuthFactories(
        List.of(org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(right, key));
    server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    server.start();
  }

  String address(Path repository) {
    return "ssh://ann@127.0.0.1:" + server.getPort() + repository;
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
