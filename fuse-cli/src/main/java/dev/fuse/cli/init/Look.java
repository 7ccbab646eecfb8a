package dev.fuse.cli.init;

/** One part of the world that is looked at, beside the others. */
interface Look {

  /** The key of its section in the profile. */
  String section();

  /** What is shown while it looks. */
  String title();

  /** Looks, and tells what it finds as it finds it. */
  void look(Found found);
}
