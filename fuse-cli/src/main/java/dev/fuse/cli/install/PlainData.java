package dev.fuse.cli.install;

import dev.fuse.spi.Rule;
import dev.fuse.spi.Schema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns records into JDK maps, lists and scalars, and back; what is empty is left out. */
final class PlainData {

  private PlainData() {}

  static Map<String, Object> fields(Record value) {
    var fields = new LinkedHashMap<String, Object>();
    for (var component : value.getClass().getRecordComponents()) {
      var field = of(get(component, value));
      if (!empty(field)) {
        fields.put(component.getName(), field);
      }
    }
    return fields;
  }

  private static Object of(Object value) {
    return switch (value) {
      case Rule rule -> rule.text();
      case Schema schema -> of(schema.json());
      case Record inner -> fields(inner);
      case Optional<?> optional -> optional.<Object>map(PlainData::of).orElse(List.of());
      case Enum<?> constant -> constant.name();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((key, entry) -> copy.put(key, of(entry)));
        yield copy;
      }
      case Set<?> set -> set.stream().map(PlainData::of).sorted().toList();
      case Collection<?> list -> list.stream().map(PlainData::of).toList();
      default -> value;
    };
  }

  private static boolean empty(Object field) {
    return switch (field) {
      case Collection<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case Boolean flag -> !flag;
      case String text -> text.isEmpty();
      default -> false;
    };
  }

  /**
   * A record of its fields.
   *
   * @throws IllegalArgumentException naming the field that does not fit
   */
  static <T extends Record> T read(Class<T> type, Map<?, ?> fields, String at) {
    var components = type.getRecordComponents();
    var types = new Class<?>[components.length];
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      var name = components[i].getName();
      types[i] = components[i].getType();
      values[i] =
          read(
              components[i].getGenericType(),
              fields.get(name),
              at.isEmpty() ? name : at + "." + name);
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      var why = refused.getTargetException().getMessage();
      throw new IllegalArgumentException("'" + at + "': " + why, refused);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("record " + type.getName(), impossible);
    }
  }

  private static Object read(Type type, @Nullable Object data, String at) {
    if (type instanceof ParameterizedType generic) {
      return container(generic, data, at);
    }
    if (type == String.class) {
      return data == null ? "" : Fields.as(String.class, data, at);
    }
    if (type == boolean.class) {
      return data != null && Fields.as(Boolean.class, data, at);
    }
    if (data == null) {
      throw new IllegalArgumentException("'" + at + "' is missing");
    }
    if (type == Integer.class) {
      return Fields.as(Number.class, data, at).intValue();
    }
    if (type == Rule.class) {
      return Rule.parse(Fields.as(String.class, data, at));
    }
    if (type instanceof Class<?> named && named.isEnum()) {
      return constant(named, Fields.as(String.class, data, at), at);
    }
    if (type instanceof Class<?> named && named.isRecord()) {
      return read(named.asSubclass(Record.class), Fields.as(Map.class, data, at), at);
    }
    return data;
  }

  private static Object container(ParameterizedType type, @Nullable Object data, String at) {
    var last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType() == Optional.class) {
      return data == null ? Optional.empty() : Optional.of(read(last, data, at));
    }
    if (type.getRawType() == Map.class) {
      var map = new LinkedHashMap<Object, Object>();
      Map<?, ?> fields = Fields.as(Map.class, data == null ? Map.of() : data, at);
      fields.forEach((key, value) -> map.put(key, read(last, value, at + "." + key)));
      return map;
    }
    var list = new ArrayList<>();
    for (var item : Fields.as(List.class, data == null ? List.of() : data, at)) {
      list.add(read(last, item, at + "[" + list.size() + "]"));
    }
    return list;
  }

  private static Object constant(Class<?> type, String name, String at) {
    var constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + at + "' is '" + name + "', not one of " + Arrays.toString(constants)));
  }

  private static Object get(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("record " + value.getClass().getName(), impossible);
    }
  }
}
