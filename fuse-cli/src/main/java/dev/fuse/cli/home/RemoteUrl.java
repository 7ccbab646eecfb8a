package dev.fuse.cli.home;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses of Git remotes. */
public final class RemoteUrl {

  private static final Pattern URL =
      Pattern.compile("(?:ssh|git|https?|git\\+ssh)://(?:[^@/]*@)?([^/:@]+)(?::\\d+)?/+(.+)");

  /** {@code user@host:path}; a single letter before the colon would be a Windows drive. */
  private static final Pattern SCP = Pattern.compile("(?:[^@/:]+@)?([^/:@]{2,}):(?!//)(.+)");

  private RemoteUrl() {}

  /** {@code github.com/owner/name} of any form, without credentials; empty for a local path. */
  public static Optional<String> normalised(String url) {
    for (var pattern : new Pattern[] {URL, SCP}) {
      var matcher = pattern.matcher(url.strip());
      if (matcher.matches()) {
        var path = matcher.group(2).replaceAll("^/+|/+$", "").replaceFirst("\\.git$", "");
        return Optional.of(matcher.group(1).toLowerCase(Locale.ROOT) + "/" + path);
      }
    }
    return Optional.empty();
  }
}
