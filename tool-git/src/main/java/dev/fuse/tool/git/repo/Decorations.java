package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** The branches and tags by the commit that they point to. */
public record Decorations(Map<ObjectId, List<String>> names) {

  private static final int LIMIT = 20_000;

  /** All of them; none where there are too many to be worth reading. */
  public static Decorations of(Repo repo) throws IOException {
    var names = new HashMap<ObjectId, List<String>>();
    var head = repo.head();
    if (head.isPresent()) {
      names
          .computeIfAbsent(head.get(), _ -> new ArrayList<>())
          .add(repo.branch().map(branch -> "HEAD -> " + branch).orElse("HEAD"));
    }
    var refs = repo.git().getRefDatabase();
    var all = new ArrayList<Ref>(refs.getRefsByPrefix(Constants.R_HEADS));
    all.addAll(refs.getRefsByPrefix(Constants.R_REMOTES));
    all.addAll(refs.getRefsByPrefix(Constants.R_TAGS));
    if (all.size() > LIMIT) {
      return new Decorations(names);
    }
    var branch = repo.git().getFullBranch();
    for (var ref : all) {
      if (ref.isSymbolic() || ref.getName().equals(branch)) {
        continue;
      }
      boolean tag = ref.getName().startsWith(Constants.R_TAGS);
      var peeled = tag ? refs.peel(ref) : ref;
      var id = peeled.getPeeledObjectId() != null ? peeled.getPeeledObjectId() : ref.getObjectId();
      var name = (tag ? "tag: " : "") + Repository.shortenRefName(ref.getName());
      names.computeIfAbsent(id, _ -> new ArrayList<>()).add(name);
    }
    return new Decorations(names);
  }

  public List<String> at(ObjectId commit) {
    return names.getOrDefault(commit.copy(), List.of());
  }
}
