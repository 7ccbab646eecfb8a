package dev.fuse.tool.git.change;

import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.text.Spelling;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Remotes;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A remote by the name under which a person has configured it; an address is never taken from a
 * model.
 */
record RemoteTarget(Repo repo, Remotes.Remote remote) {

  /**
   * The named remote; else that of the current branch, else the only one, else origin.
   *
   * @throws ToolFailure if it is not configured
   */
  static RemoteTarget of(Repo repo, Optional<String> named) throws IOException {
    var remotes = new Remotes(repo);
    var all = remotes.all().stream().map(Remotes.Remote::name).toList();
    var branch = repo.branch().orElse("");
    var configured = repo.git().getConfig().getString("branch", branch, "remote");
    var name =
        named.orElse(configured != null ? configured : all.size() == 1 ? all.getFirst() : "origin");
    var remote =
        remotes
            .find(name)
            .orElseThrow(
                () ->
                    ToolFailure.invalid(
                        "'"
                            + Printable.line(name, 200)
                            + "' is not a remote of this repository"
                            + Spelling.didYouMean(name, all),
                        all.isEmpty()
                            ? "it has none; let the person add one with git remote add"
                            : "its remotes are " + String.join(", ", all)));
    if (name.startsWith("-")) {
      throw ToolFailure.invalid("'" + name + "' looks like an option", "rename that remote");
    }
    return new RemoteTarget(repo, remote);
  }

  String name() {
    return remote.name();
  }

  /** What of it is read or changed; the branch, the narrowest, is what a person types. */
  Target target(boolean push, String key, String value) {
    return Target.of(
        "git",
        "repository",
        repo.root().toString(),
        "remote",
        name(),
        "url",
        Printable.line(push ? remote.push() : remote.fetch()),
        key,
        value);
  }

  /** Where a branch of it was when it was last fetched or pushed. */
  Optional<ObjectId> last(String branch) throws IOException {
    var ref = repo.git().exactRef(Constants.R_REMOTES + name() + "/" + branch);
    return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
  }
}
