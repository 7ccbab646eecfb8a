package dev.fuse.boundary;

import java.io.BufferedReader;
import java.util.Optional;

/** Whole outputs of calls, masked, kept beside the conversation. */
public interface Outputs {

  /** Keeps a text (the first 64 MB of it) and gives its id, such as {@code o3}. */
  String keep(String tool, String text);

  /** A reader of a kept text from its beginning, which the caller closes. */
  Optional<BufferedReader> find(String id);
}
