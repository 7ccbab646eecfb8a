package dev.fuse.cli.install;

import dev.fuse.rule.Rule;
import dev.fuse.spi.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns records into JDK maps, lists and scalars; what is empty is left out. */
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

  private static Object get(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("record " + value.getClass().getName(), impossible);
    }
  }
}
