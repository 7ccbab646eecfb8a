package dev.fuse.tool.git.look;

import dev.fuse.tool.git.repo.Failures;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.ListItem;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.submodule.SubmoduleWalk;
import org.jspecify.annotations.Nullable;

/** The submodules of a work tree. */
public record Submodules(Repo repo) {

  /**
   * A submodule.
   *
   * @param state one of: up to date, at another commit, not fetched, without a url
   */
  public record Submodule(String path, String url, String wanted, String state) {

    public boolean fine() {
      return state.startsWith("up to date");
    }
  }

  public List<ListItem> list() throws IOException {
    var items = new ArrayList<ListItem>();
    for (var module : all()) {
      items.add(
          new ListItem(
              module.path(),
              Printable.line(
                  module.path()
                      + " "
                      + module.wanted()
                      + " "
                      + module.state()
                      + " "
                      + module.url()),
              Map.of(
                  "path", module.path(),
                  "commit", module.wanted(),
                  "state", module.state(),
                  "url", module.url())));
    }
    return items;
  }

  public List<Submodule> all() throws IOException {
    var modules = new ArrayList<Submodule>();
    if (repo.bare()) {
      return modules;
    }
    try (var walk = new SubmoduleWalk(repo.git())) {
      walk.setTree(new DirCacheIterator(Index.read(repo)));
      walk.loadModulesConfig();
      while (walk.next()) {
        modules.add(module(walk));
      }
      return modules;
    } catch (ConfigInvalidException e) {
      throw new IOException("'.gitmodules' cannot be read: " + Failures.said(e), e);
    }
  }

  private static Submodule module(SubmoduleWalk walk) throws IOException, ConfigInvalidException {
    var wanted = walk.getObjectId();
    @Nullable ObjectId here = walk.getHead();
    var url = walk.getModulesUrl();
    var state =
        url == null
            ? "without a url in .gitmodules"
            : here == null
                ? "not fetched"
                : here.equals(wanted)
                    ? "up to date"
                    : "at another commit: " + here.abbreviate(7).name();
    return new Submodule(
        walk.getPath(), url == null ? "" : url, wanted.abbreviate(7).name(), state);
  }
}
