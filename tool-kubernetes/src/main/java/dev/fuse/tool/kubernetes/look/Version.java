package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an object is, apart from what moves by itself.
 *
 * <p>A resourceVersion moves with every heartbeat and status, and a Deployment's generation with
 * its controller's notes, so neither can stand for what a person has seen; the content can. What is
 * sent names the resourceVersion all the same.
 */
public final class Version {

  /** What stands for an object that is not there. */
  public static final String NONE = "none";

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** A salt that dies with the process, so that a mark gives nothing away. */
  private static final byte[] SALT = salt();

  private static final List<String> BOOKKEEPING =
      List.of("resourceVersion", "generation", "uid", "creationTimestamp", "managedFields");
  private static final List<String> NOTES =
      List.of(
          "deployment.kubernetes.io/revision",
          "kubectl.kubernetes.io/last-applied-configuration",
          "node.alpha.kubernetes.io/ttl");

  private Version() {}

  public static String of(Json object, Kind kind) {
    if (kind.equals(Kind.SECRET)) {
      return object.uid() + "/" + object.text("metadata.resourceVersion");
    }
    var content = content(object, kind);
    var text = object.uid() + SORTED.writeValueAsString(content);
    return HexFormat.of().formatHex(hash(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
  }

  /** An object without what the server and its controllers keep for themselves. */
  public static Map<String, Object> content(Json object, Kind kind) {
    var copy = new LinkedHashMap<>(Cluster.cleaned(object, kind).fields());
    copy.remove("status");
    var metadata = new LinkedHashMap<>(Json.of(copy.get("metadata")).fields());
    BOOKKEEPING.forEach(metadata::remove);
    var notes = new LinkedHashMap<>(Json.of(metadata.get("annotations")).fields());
    NOTES.forEach(notes::remove);
    metadata.remove("annotations");
    if (!notes.isEmpty()) {
      metadata.put("annotations", notes);
    }
    copy.put("metadata", metadata);
    if (kind.equals(Kind.SECRET)) {
      var marks = new LinkedHashMap<String, Object>();
      object.map("data").forEach((key, value) -> marks.put(key, mark(value)));
      copy.put("data", marks);
      copy.remove("stringData");
    }
    return copy;
  }

  /** Tells a value from another one without telling it. */
  private static String mark(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    var salted = new byte[SALT.length + bytes.length];
    System.arraycopy(SALT, 0, salted, 0, SALT.length);
    System.arraycopy(bytes, 0, salted, SALT.length, bytes.length);
    return "(masked, #" + HexFormat.of().formatHex(hash(salted), 0, 3) + ")";
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] salt() {
    var salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    return salt;
  }
}
