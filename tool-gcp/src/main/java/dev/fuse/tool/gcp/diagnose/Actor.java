package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.look.Principal;
import java.util.List;
import java.util.Optional;

/**
 * As whom a workload's calls reach Google.
 *
 * @param scopes what caps it; none where nothing does
 * @param pool the node pool whose account it is, where it is a node's
 */
record Actor(Principal principal, Optional<List<String>> scopes, Optional<String> pool) {

  static Actor of(Principal principal) {
    return new Actor(principal, Optional.empty(), Optional.empty());
  }

  /** The account of the nodes of a pool. */
  static Actor node(String email, List<String> scopes, String pool) {
    return new Actor(Principal.account(email), Optional.of(scopes), Optional.of(pool));
  }
}
