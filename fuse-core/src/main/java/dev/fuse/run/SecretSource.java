package dev.fuse.run;

/** Reads a value that only the person gives. */
@FunctionalInterface
public interface SecretSource {

  /**
   * The value.
   *
   * @param parameter what it is for, shown when it is asked for
   * @param source {@code prompt}, {@code env:NAME}, {@code file:PATH} or {@code
   *     gcp-secret:RESOURCE}
   * @throws dev.fuse.spi.ToolFailure of kind CREDENTIALS if it is not to be had
   */
  String read(String parameter, String source);
}
