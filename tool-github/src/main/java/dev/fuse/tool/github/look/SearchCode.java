package dev.fuse.tool.github.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Site;

/** Searches code on GitHub, or reads one file there. */
public final class SearchCode implements Tool {

  private static final int FILE = 64 * 1024;

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_code_search",
              "Search the code of a GitHub repository for words, or read a file of it at a branch or commit.",
              Reads.repository(
                  Schema.object()
                      .optional("words", Schema.string("Words to find"))
                      .optional("path", Schema.string("A file to read instead"))
                      .optional("ref", Schema.string("Branch, tag or commit"))),
              Reads.CEILING)
          .keywords("search", "code", "file", "contents");

  private final Site site;

  public SearchCode(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var path = arguments.string("path", "");
    return Reads.of(
        site,
        repository,
        "code of " + repository,
        (github, _) -> {
          var actions = new Actions(github, repository);
          if (!path.isEmpty()) {
            var text = actions.file(path, arguments.string("ref", ""));
            return text.<ToolResult>map(
                    it -> ToolResult.ok(it.substring(0, Math.min(FILE, it.length()))))
                .orElseGet(
                    () ->
                        ToolResult.failed(
                            ToolResult.Kind.NOT_FOUND,
                            "there is no file '" + path + "' in " + repository,
                            "search for it by words"));
          }
          var query = Actions.encoded(arguments.string("words", "") + " repo:" + repository);
          var hits = github.list("/search/code?q=" + query, "items", 50);
          var text = new StringBuilder();
          hits.items().forEach(it -> text.append(it.text("path")).append('\n'));
          return ToolResult.ok(text + "" + hits.total() + " files");
        });
  }
}
