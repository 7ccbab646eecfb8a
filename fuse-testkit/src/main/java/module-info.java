import org.jspecify.annotations.NullMarked;

/** What the tests of a plugin need. */
@NullMarked
module dev.fuse.testkit {
  requires com.fasterxml.jackson.databind;
  requires transitive dev.fuse.core;
  requires transitive org.assertj.core;
  requires static org.jspecify;
  requires transitive org.junit.jupiter.api;

  exports dev.fuse.testkit;
}
