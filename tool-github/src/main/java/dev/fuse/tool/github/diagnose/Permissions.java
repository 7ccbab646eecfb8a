package dev.fuse.tool.github.diagnose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Which permission of GITHUB_TOKEN a failed call needed, told from the words around it. */
final class Permissions {

  private static final Map<Pattern, String> WANTED = wanted();

  private Permissions() {}

  private static Map<Pattern, String> wanted() {
    var all = new LinkedHashMap<Pattern, String>();
    add(all, "id.token|ACTIONS_ID_TOKEN|oidc", "id-token: write");
    add(all, "write_package|ghcr\\.io|packages?/|docker push", "packages: write");
    add(
        all,
        "refusing to allow .* workflow|without `?workflows?`? (?:scope|permission)",
        "contents: write (workflow files also need a token with the workflow scope)");
    add(all, "deploy-pages|github pages|/pages\\b", "pages: write");
    add(all, "create-a-release|/releases|gh release|action-gh-release|release", "contents: write");
    add(all, "security-events|code-scanning|codeql|sarif", "security-events: write");
    add(all, "check-runs|checks/runs|/check-suites", "checks: write");
    add(all, "/statuses|commit status", "statuses: write");
    add(all, "/deployments", "deployments: write");
    add(all, "dispatches|actions/workflows|actions/runs|actions/caches", "actions: write");
    add(all, "pulls|pull request|/reviews|createPullRequest", "pull-requests: write");
    add(
        all,
        "issues|labels|comment|addComment",
        "issues: write (pull-requests: write for pull requests)");
    add(
        all,
        "git push|denied to github-actions|error: 403|git/refs|/contents|tag",
        "contents: write");
    return all;
  }

  private static void add(Map<Pattern, String> all, String regex, String permission) {
    all.put(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), permission);
  }

  static String wanted(Story story, String workflow) {
    var lines = String.join("\n", story.proof(16));
    var more = String.join("\n", story.log().command()) + "\n" + story.step() + "\n" + workflow;
    for (var text : new String[] {lines, more}) {
      for (var each : WANTED.entrySet()) {
        if (each.getKey().matcher(text).find()) {
          return each.getValue();
        }
      }
    }
    return "a permission that the quoted call needs";
  }
}
