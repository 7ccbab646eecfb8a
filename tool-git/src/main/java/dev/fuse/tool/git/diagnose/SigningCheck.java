package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.diagnose.Settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether what commits or tags are to be signed with is on this machine. */
final class SigningCheck implements Check {

  @Override
  public List<Finding> findings(World world) throws IOException {
    var settings = world.settings();
    var wanted =
        settings
            .find("commit.gpgsign")
            .filter(Setting::on)
            .or(() -> settings.find("tag.gpgsign").filter(Setting::on));
    if (wanted.isEmpty() && !world.asked(Topic.SIGNING)) {
      return List.of();
    }
    var format = settings.find("gpg.format").map(Setting::value).orElse("openpgp");
    var program = program(world, format);
    var key = settings.find("user.signingkey");
    var why = wanted.map(one -> one.shown() + "; ").orElse("");
    if (program.isPresent()) {
      return List.of(
          Finding.error(
              "signing",
              why + "the program '" + program.get() + "' is not on this machine",
              "git cannot sign: it has nothing to sign with",
              "install it, or " + wanted.map(Setting::unset).orElse("unset gpg.program")));
    }
    if (key.isEmpty()) {
      return format.equals("ssh")
          ? List.of(
              Finding.error(
                  "signing",
                  why + "gpg.format is ssh and user.signingKey is not set",
                  "git does not know which SSH key to sign with",
                  "git config --global user.signingKey ~/.ssh/id_ed25519.pub"))
          : noKeys(world, why, wanted);
    }
    return format.equals("ssh")
        ? ssh(world, why, key.get(), wanted)
        : gpg(world, why, key.get(), wanted);
  }

  /** A program that is to sign and is not there. */
  private static Optional<String> program(World world, String format) {
    var name = format.equals("ssh") ? "ssh-keygen" : format.equals("x509") ? "gpgsm" : "gpg";
    var set =
        world
            .settings()
            .find("gpg." + format + ".program")
            .or(() -> world.settings().find("gpg.program").filter(one -> !format.equals("ssh")));
    var used = set.map(Setting::value).orElse(name);
    return world.program(used).isPresent()
        ? Optional.empty()
        : Optional.of(used + set.map(one -> "' of '" + one.where()).orElse(""));
  }

  private static List<Finding> ssh(World world, String why, Setting key, Optional<Setting> wanted)
      throws IOException {
    if (key.value().startsWith("ssh-") || key.value().startsWith("key::")) {
      return List.of();
    }
    var file = world.settings().file(key);
    if (file.isPresent() && !Files.exists(file.get())) {
      return List.of(
          Finding.error(
              "signing key",
              why + key.shown() + ", which is missing on this machine",
              "git has no such key to sign with",
              "create it, or set user.signingKey to a key that exists"
                  + wanted.map(one -> "; or " + one.unset()).orElse("")));
    }
    if (file.isPresent() && !Files.isReadable(file.get())) {
      return List.of(
          Finding.error("signing key", key.shown() + " may not be read", "", "chmod 600 it"));
    }
    return List.of();
  }

  private static List<Finding> gpg(World world, String why, Setting key, Optional<Setting> wanted)
      throws IOException {
    var home = gpgHome(world);
    var secret = secretKeys(home);
    if (secret > 0) {
      if (!world.asked(Topic.SIGNING)) {
        return List.of();
      }
      return world.environment().containsKey("GPG_TTY")
          ? List.of(
              Finding.info("signing", key.shown() + "; " + secret + " secret keys in " + home))
          : List.of(
              Finding.warning(
                  "signing",
                  why + key.shown() + "; GPG_TTY is not set",
                  "gpg may not be able to ask for the passphrase, or that key is not among the "
                      + secret
                      + " secret keys in "
                      + home,
                  "export GPG_TTY=$(tty); gpg --list-secret-keys "
                      + key.value()
                      + " shows whether it is there"));
    }
    return List.of(
        Finding.error(
            "signing key",
            why + key.shown() + "; the keyring '" + home + "' has no secret key at all",
            "there is no secret key " + key.value() + " on this machine to sign with",
            "import or create that key, set user.signingKey to one that exists"
                + wanted.map(one -> ", or " + one.unset()).orElse("")));
  }

  private static List<Finding> noKeys(World world, String why, Optional<Setting> wanted)
      throws IOException {
    var home = gpgHome(world);
    if (secretKeys(home) > 0) {
      return List.of();
    }
    return List.of(
        Finding.error(
            "signing key",
            why + "user.signingKey is not set, and the keyring '" + home + "' has no secret key",
            "there is nothing to sign with: no secret key",
            "import or create a key" + wanted.map(one -> ", or " + one.unset()).orElse("")));
  }

  private static Path gpgHome(World world) {
    var set = world.environment().getOrDefault("GNUPGHOME", "");
    return set.isEmpty() ? world.home().resolve(".gnupg") : Path.of(set);
  }

  private static int secretKeys(Path home) throws IOException {
    int count = Files.exists(home.resolve("secring.gpg")) ? 1 : 0;
    var folder = home.resolve("private-keys-v1.d");
    if (Files.isDirectory(folder)) {
      try (var keys = Files.newDirectoryStream(folder)) {
        for (var key : keys) {
          if (key.toString().toLowerCase(Locale.ROOT).endsWith(".key")) {
            count++;
          }
        }
      }
    }
    return count;
  }
}
