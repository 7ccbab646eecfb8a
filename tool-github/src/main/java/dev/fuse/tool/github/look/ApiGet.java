package dev.fuse.tool.github.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.Json;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Any other read of the REST API. */
public final class ApiGet implements Tool {

  private static final Pattern PATH =
      Pattern.compile("/[\\w./%@:+~-]*(?:\\?[\\w./%@:+~=&>!*\"-]*)?");
  private static final int DEEP = 4;

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "gh_api",
          "Get any path of GitHub's REST API, such as /repos/acme/shop/rulesets. Reads only; links and ids of little use are left out.",
          Schema.object()
              .required("path", Schema.string("Begins with /"))
              .optional("list", Schema.string("Key of the list to page through")),
          Reads.CEILING);

  private final Site site;

  public ApiGet(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var path = arguments.string("path");
    if (!PATH.matcher(path).matches() || path.contains("..") || path.startsWith("//")) {
      throw ToolFailure.invalid(
          "'" + path + "' is not a path of the API", "write it as /repos/OWNER/NAME/…");
    }
    var target = Target.of(Reads.SYSTEM, "host", site.host(), "path", path);
    return Reads.of(
        site,
        target,
        "GET " + path,
        (github, _) -> {
          var value =
              arguments.has("list")
                  ? github.list(path, arguments.string("list"), 300).items().stream()
                      .map(Node::value)
                      .toList()
                  : github.get(path).value();
          var plain = slim(value, 0);
          return ToolResult.ok(plain == null ? "nothing" : Json.write(plain));
        });
  }

  /** Without addresses and node ids, which are most of an answer and tell nothing. */
  private static @Nullable Object slim(@Nullable Object value, int depth) {
    return switch (value) {
      case Map<?, ?> map -> {
        var kept = new LinkedHashMap<String, @Nullable Object>();
        map.forEach(
            (key, inner) -> {
              var name = String.valueOf(key);
              boolean dull =
                  (name.endsWith("_url") && !name.equals("html_url"))
                      || name.equals("url")
                      || name.equals("node_id")
                      || name.equals("_links")
                      || inner == null
                      || depth > DEEP;
              if (!dull) {
                kept.put(name, slim(inner, depth + 1));
              }
            });
        yield kept;
      }
      case List<?> list -> list.stream().map(it -> slim(it, depth + 1)).toList();
      case null, default -> value;
    };
  }
}
