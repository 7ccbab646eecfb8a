package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.URIish;

/** The remotes of a repository, with what {@code url.*.insteadOf} makes of their addresses. */
public record Remotes(Repo repo) {

  /** A remote; passwords are left out of its addresses. */
  public record Remote(String name, String fetch, String push) {

    public String line() {
      return name + " " + fetch + (push.equals(fetch) ? "" : " push " + push);
    }
  }

  public List<ListItem> list() throws IOException {
    var items = new ArrayList<ListItem>();
    for (var remote : all()) {
      items.add(
          new ListItem(
              remote.name(),
              Printable.line(remote.line()),
              Map.of("name", remote.name(), "fetch", remote.fetch(), "push", remote.push())));
    }
    return items;
  }

  public Optional<Remote> find(String name) throws IOException {
    return all().stream().filter(remote -> remote.name().equals(name)).findFirst();
  }

  public List<Remote> all() throws IOException {
    var remotes = new ArrayList<Remote>();
    var config = repo.git().getConfig();
    for (var name : new LinkedHashSet<>(config.getSubsections("remote"))) {
      try {
        var remote = new RemoteConfig(config, name);
        var fetch = remote.getURIs().stream().findFirst().map(Remotes::open).orElse("");
        var push = remote.getPushURIs().stream().findFirst().map(Remotes::open).orElse(fetch);
        remotes.add(new Remote(name, fetch, push));
      } catch (URISyntaxException e) {
        remotes.add(new Remote(name, "not an address: " + Failures.said(e), ""));
      }
    }
    return remotes;
  }

  /** An address without its password. */
  private static String open(URIish address) {
    return address.setPass(null).toString();
  }
}
