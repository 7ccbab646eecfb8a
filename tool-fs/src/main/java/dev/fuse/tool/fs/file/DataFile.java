package dev.fuse.tool.fs.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML, JSON, TOML, XML and properties as JDK maps, lists and scalars. */
final class DataFile {

  private static final int MOST = 32 << 20;
  private static final long NODES = 2_000_000;
  private static final int DEEPEST = 200;

  private DataFile() {}

  /**
   * Parses text; several YAML documents are a list.
   *
   * @throws ToolFailure if it is not well formed, with the place
   */
  static Object parse(String name, String text) {
    if (text.length() > MOST) {
      throw ToolFailure.invalid(
          "'" + name + "' has " + Shown.size(text.length()), "search it with fs_search");
    }
    try {
      return switch (kind(name, text)) {
        case "json" -> json(text);
        case "toml" -> new TomlMapper().readValue(text, Map.class);
        case "xml" -> XmlData.parse(text);
        case "properties" -> properties(text);
        default -> yaml(text);
      };
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw broken(name, e.getOriginalMessage(), at == null ? 0 : at.getLineNr());
    } catch (YAMLException | IOException | IllegalArgumentException e) {
      throw broken(name, String.valueOf(e.getMessage()), 0);
    }
  }

  private static ToolFailure broken(String name, String why, int line) {
    var where = line > 0 ? " in line " + line : "";
    return ToolFailure.invalid(
        "'%s' is not well formed%s: %s".formatted(name, where, Shown.line(why, 300)),
        "read the place with fs_read");
  }

  private static String kind(String name, String text) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    var start = text.stripLeading();
    return switch (ending) {
      case "json", "yaml", "yml", "toml", "xml", "properties" -> ending;
      case "pom", "csproj", "svg", "xsd", "plist" -> "xml";
      case "lock", "tfstate", "ipynb", "geojson" -> start.startsWith("{") ? "json" : "toml";
      default -> start.startsWith("{") ? "json" : start.startsWith("<") ? "xml" : "yaml";
    };
  }

  private static Object json(String text) throws IOException {
    var mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    var values = new ArrayList<Object>();
    try (MappingIterator<Object> all = mapper.readerFor(Object.class).readValues(text)) {
      while (all.hasNextValue()) {
        values.add(all.nextValue());
      }
    }
    return values.size() == 1 ? values.getFirst() : values;
  }

  private static Object yaml(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST);
    options.setMaxAliasesForCollections(200);
    var documents = new ArrayList<Object>();
    for (var document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
      documents.add(document == null ? "null" : document);
    }
    var whole = documents.size() == 1 ? documents.getFirst() : List.copyOf(documents);
    if (nodes(whole, 0) > NODES) {
      throw new YAMLException("its aliases unfold to more than %,d values".formatted(NODES));
    }
    return whole;
  }

  /** Values once every alias is unfolded, which may hold itself; no more than are too many. */
  private static long nodes(@Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      return NODES + 1;
    }
    Collection<?> below =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof Collection<?> list ? list : List.of();
    long all = 1;
    for (var one : below) {
      all += nodes(one, depth + 1);
      if (all > NODES) {
        break;
      }
    }
    return all;
  }

  private static Map<String, Object> properties(String text) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(text));
    var sorted = new TreeMap<String, Object>();
    properties.stringPropertyNames().forEach(key -> sorted.put(key, properties.getProperty(key)));
    return new LinkedHashMap<>(sorted);
  }
}
