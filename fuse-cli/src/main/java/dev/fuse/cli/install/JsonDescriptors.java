package dev.fuse.cli.install;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.fuse.plugin.Descriptor;
import dev.fuse.plugin.DescriptorFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Descriptors as JSON. Read at every start, hence token by token and without databind. */
public final class JsonDescriptors implements DescriptorFormat {

  private static final String FORMAT = "format";

  /** Grows when an older Fuse could not read what a newer one writes. */
  private static final long CURRENT = 1;

  private final JsonFactory json = new JsonFactory();

  @Override
  public Descriptor read(Path file) throws IOException {
    try (var in = Files.newInputStream(file);
        var parser = json.createParser(in)) {
      parser.nextToken();
      if (!(value(parser) instanceof Map<?, ?> fields)) {
        throw new IOException("it holds no object");
      }
      if (!Long.valueOf(CURRENT).equals(fields.get(FORMAT))) {
        throw new IOException(
            "it has the format '" + fields.get(FORMAT) + "', and this Fuse reads " + CURRENT);
      }
      return PlainData.read(Descriptor.class, fields);
    } catch (JsonProcessingException malformed) {
      var at = malformed.getLocation();
      throw new IOException(
          "line %d, column %d: %s"
              .formatted(at.getLineNr(), at.getColumnNr(), malformed.getOriginalMessage()));
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var fields = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          var name = parser.currentName();
          parser.nextToken();
          fields.put(name, value(parser));
        }
        yield fields;
      }
      case START_ARRAY -> {
        var items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case null -> throw new IOException("it is empty");
      default -> throw new IOException("it has a '" + parser.getText() + "' where a value belongs");
    };
  }

  @Override
  public void write(Path file, Descriptor descriptor) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    fields.put(FORMAT, CURRENT);
    fields.putAll(PlainData.fields(descriptor));
    var half = file.resolveSibling(file.getFileName() + ".new");
    try (var out = Files.newOutputStream(half);
        var generator = json.createGenerator(out)) {
      generator.setPrettyPrinter(new DefaultPrettyPrinter());
      write(generator, fields);
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> fields -> {
        generator.writeStartObject();
        for (var field : fields.entrySet()) {
          generator.writeFieldName((String) field.getKey());
          write(generator, field.getValue());
        }
        generator.writeEndObject();
      }
      case List<?> items -> {
        generator.writeStartArray();
        for (var item : items) {
          write(generator, item);
        }
        generator.writeEndArray();
      }
      case String text -> generator.writeString(text);
      case Boolean flag -> generator.writeBoolean(flag);
      case Double number -> generator.writeNumber(number);
      case Number number -> generator.writeNumber(number.longValue());
      default -> throw new IOException("a " + value.getClass().getName() + " is no plain data");
    }
  }
}
