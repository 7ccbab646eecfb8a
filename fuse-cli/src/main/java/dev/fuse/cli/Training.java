package dev.fuse.cli;

/** What the AOT cache is trained with. */
final class Training {
  private Training() {}

  public static void main(String[] args) {}
}
