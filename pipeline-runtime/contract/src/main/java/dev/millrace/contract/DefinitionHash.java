package dev.millrace.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over the canonical JSON of a definition (semantics.md §4): members sorted by name, no
 * white space, features and schema fields sorted by their names because their order does not count.
 */
public final class DefinitionHash {
  private DefinitionHash() {}

  /** 64 lower-case hex digits. */
  public static String of(Definition definition) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(canonicalJson(definition).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String canonicalJson(Definition definition) {
    JsonNode tree = DocumentCodec.MAPPER.valueToTree(definition);
    sortByName((ArrayNode) tree.get("schema").get("fields"));
    for (JsonNode entity : tree.get("entities")) {
      sortByName((ArrayNode) entity.get("features"));
    }
    var out = new StringBuilder();
    write(tree, out);
    return out.toString();
  }

  private static void sortByName(ArrayNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    items.sort(Comparator.comparing(item -> item.get("name").asText()));
    array.removeAll();
    items.forEach(array::add);
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.sort(Comparator.naturalOrder());
      out.append('{');
      for (int i = 0; i < names.size(); i++) {
        out.append(i == 0 ? "\"" : ",\"").append(names.get(i)).append("\":");
        write(object.get(names.get(i)), out);
      }
      out.append('}');
    } else if (node instanceof ArrayNode array) {
      out.append('[');
      for (int i = 0; i < array.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        write(array.get(i), out);
      }
      out.append(']');
    } else {
      out.append(node);
    }
  }
}
