package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.gcp.look.AccessCheck.Grant;
import dev.fuse.tool.gcp.look.Denials.Denial;
import dev.fuse.tool.gcp.look.Principal;
import dev.fuse.tool.gcp.look.Resource;
import java.util.List;
import java.util.regex.Pattern;

/** Findings about policies that refuse what a role would allow. */
final class Refusals {

  private static final Pattern EXPIRY =
      Pattern.compile("request\\.time\\s*<=?\\s*timestamp\\([\"']([^\"']+)[\"']\\)");

  private Refusals() {}

  /** A deny policy beats every role. */
  static Finding denied(
      Scene scene, List<Denial> denials, Principal who, String permission, Resource on) {
    var denial = denials.get(0);
    var exceptions = denial.exceptions();
    return Finding.error(
        "deny policy " + denial.policy() + " on " + scene.cloud().title(denial.point()),
        "it denies "
            + permission
            + " to "
            + String.join(", ", denial.rule().texts("deniedPrincipals"))
            + (exceptions.isEmpty() ? "" : ", except " + String.join(", ", exceptions))
            + "; so "
            + who.words()
            + " is refused on "
            + on.words(scene.home()),
        "a deny policy beats every role",
        "add an exception for "
            + who.denied().stream()
                .filter(one -> one.startsWith("principal://"))
                .findFirst()
                .orElse(who.shown())
            + " to it, or delete it: gcloud iam policies get "
            + denial.policy()
            + " --kind=denypolicies --attachment-point=cloudresourcemanager.googleapis.com/"
            + denial.point().path());
  }

  /** A role that is granted on a condition which does not hold. */
  static Finding condition(
      Scene scene, Grant grant, Principal who, String permission, Resource on) {
    var expression = grant.binding().condition().text("expression");
    var expiry = EXPIRY.matcher(expression);
    var when =
        expiry.find()
            ? "it expired " + History.age(expiry.group(1)) + " (" + expiry.group(1) + ")"
            : "it does not hold for this request";
    return Finding.error(
        on.words(scene.home()),
        who.words()
            + " has "
            + grant.binding().role()
            + " ("
            + permission
            + ") on "
            + grant.point().words(scene.home())
            + " only on the condition "
            + grant.binding().conditionWords(),
        "the condition is the reason: " + when,
        "grant "
            + grant.binding().role()
            + " on "
            + on.words(scene.home())
            + " anew without the condition or with a later date");
  }
}
