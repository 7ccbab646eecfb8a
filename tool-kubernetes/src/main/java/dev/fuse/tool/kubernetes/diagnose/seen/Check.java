package dev.fuse.tool.kubernetes.diagnose.seen;

import java.util.stream.Stream;

/** Looks for one kind of fault; a pure function of what the cluster held. */
@FunctionalInterface
public interface Check {

  Stream<Problem> problems(Snapshot cluster);
}
