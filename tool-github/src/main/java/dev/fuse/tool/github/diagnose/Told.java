package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import java.util.ArrayList;
import java.util.List;

/** Findings as they are collected, and what was not read. */
final class Told {

  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notRead = new ArrayList<>();

  void add(Finding finding) {
    findings.add(finding);
  }

  void addFirst(Finding finding) {
    findings.addFirst(finding);
  }

  void notRead(String what) {
    if (!what.isEmpty() && !notRead.contains(what)) {
      notRead.add(what);
    }
  }

  boolean silent() {
    return findings.isEmpty();
  }

  List<String> notRead() {
    return List.copyOf(notRead);
  }

  /** All findings; the last carries what was not read. */
  List<Finding> findings() {
    if (findings.isEmpty() || notRead.isEmpty()) {
      return List.copyOf(findings);
    }
    var all = new ArrayList<>(findings);
    var last = all.removeLast();
    var missing = new ArrayList<>(last.notChecked());
    missing.addAll(notRead);
    all.add(last.notChecked(missing.toArray(String[]::new)));
    return all;
  }
}
