import org.jspecify.annotations.NullMarked;

/** The command: what the person sees and what wires the rest. */
@NullMarked
module dev.fuse.cli {
  requires com.fasterxml.jackson.databind;
  requires dev.fuse.core;
  requires info.picocli;
  requires java.net.http;
  requires jdk.httpserver;
  requires langchain4j.core;
  requires langchain4j.http.client;
  requires langchain4j.open.ai;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.strikethrough;
  requires org.commonmark.ext.gfm.tables;
  requires org.jline.reader;
  requires org.jline.terminal;
  requires static org.jspecify;
  requires org.slf4j;
  requires org.yaml.snakeyaml;
}
