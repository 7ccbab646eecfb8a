package dev.fuse.tool.kubernetes.api;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the items of a list while it arrives: what nobody asks for is skipped unread, and parts
 * that are alike, such as the specs of a workload's pods, are one object in memory.
 */
public final class ItemReader {

  /** Under this key an item has who wrote it in which API version: {@code kubectl apps/v1}. */
  public static final String WRITTEN_AS = "writtenAs";

  /** Under this key an item has when its content, not its status, was last written. */
  public static final String CHANGED_AT = "changedAt";

  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final Set<String> UNWANTED =
      Set.of("containerID", "hostIPs", "podIPs", "allocatedResources", "selfLink");
  private static final Pattern APPLIED = Pattern.compile("\"apiVersion\":\"([^\"]+)\"");
  private static final String TOKEN_VOLUME = "kube-api-access-";
  private static final int SLOTS = 1 << 13;

  private final JsonMapper mapper;
  private final Kind kind;
  private final @Nullable Object[] known = new @Nullable Object[SLOTS];

  public ItemReader(JsonMapper mapper, Kind kind) {
    this.mapper = mapper;
    this.kind = kind;
  }

  /**
   * The items of one page.
   *
   * @param next told where the list goes on, before the items are read
   */
  public List<Json> read(InputStream page, Consumer<String> next) {
    var items = new ArrayList<Json>();
    try (var parser = mapper.createParser(page)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        var token = parser.nextToken();
        if (name.equals("metadata") && value(parser) instanceof Map<?, ?> metadata) {
          var more = Json.of(metadata).text("continue");
          if (!more.isEmpty()) {
            next.accept(more);
          }
        } else if (name.equals("items") && token == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            items.add(item(parser));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return items;
  }

  /**
   * The item with its kind, which lists leave out, and without what the server keeps for itself.
   */
  private Json item(JsonParser parser) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("apiVersion", kind.apiVersion());
    item.put("kind", kind.name());
    var written = new LinkedHashSet<String>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      var value = name.equals("metadata") ? metadata(parser, written) : value(parser);
      if (value != null) {
        item.putIfAbsent(name, value);
      }
    }
    if (!written.isEmpty()) {
      item.put(WRITTEN_AS, share(List.copyOf(written)));
    }
    return new Json(item);
  }

  private Map<String, Object> metadata(JsonParser parser, Set<String> written) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("managedFields")) {
        var changed = managers(parser, written);
        if (!changed.isEmpty()) {
          metadata.put(CHANGED_AT, changed);
        }
        continue;
      }
      var value = value(parser);
      if (name.equals("annotations") && value instanceof Map<?, ?> map) {
        var applied = Json.of(map).fields().get(LAST_APPLIED);
        var version = APPLIED.matcher(applied == null ? "" : applied.toString());
        if (version.find()) {
          written.add("kubectl " + version.group(1));
        }
        value = without(map);
      }
      if (value != null) {
        metadata.put(name, value);
      }
    }
    return metadata;
  }

  private static Map<String, Object> without(Map<?, ?> annotations) {
    var rest = new LinkedHashMap<>(Json.of(annotations).fields());
    rest.remove(LAST_APPLIED);
    return rest;
  }

  /** Manager and API version of each entry; the fields themselves are most of an object's bytes. */
  private static String managers(JsonParser parser, Set<String> written) {
    var newest = "";
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      var manager = "";
      var version = "";
      var time = "";
      var subresource = "";
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "manager" -> manager = parser.getString();
          case "apiVersion" -> version = parser.getString();
          case "time" -> time = parser.getString();
          case "subresource" -> subresource = parser.getString();
          default -> parser.skipChildren();
        }
      }
      written.add(manager + " " + version);
      if (subresource.isEmpty() && time.compareTo(newest) > 0) {
        newest = time;
      }
    }
    return newest;
  }

  private @Nullable Object value(JsonParser parser) {
    return switch (Objects.requireNonNull(parser.currentToken())) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> string(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private Object object(JsonParser parser) {
    Map<String, Object> fields = new LinkedHashMap<>(4);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (UNWANTED.contains(name)) {
        parser.skipChildren();
        continue;
      }
      var value = value(parser);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return share(fields);
  }

  private Object array(JsonParser parser) {
    var items = new ArrayList<Object>(2);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var value = value(parser);
      if (value != null) {
        items.add(value);
      }
    }
    return share(items);
  }

  /** The volume of a pod's token has a random name, which alone would make alike pods differ. */
  private Object string(String text) {
    return share(text.startsWith(TOKEN_VOLUME) ? "kube-api-access" : text);
  }

  private Object share(Object value) {
    int hash = value.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    var there = known[slot];
    if (there != null && there.equals(value)) {
      return there;
    }
    known[slot] = value;
    return value;
  }
}
