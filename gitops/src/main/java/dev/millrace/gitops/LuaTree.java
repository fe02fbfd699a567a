package dev.millrace.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * A JSON tree as Lua sees it in Argo CD: objects and arrays are tables, arrays count from 1, null
 * is absent.
 */
final class LuaTree {
  private LuaTree() {}

  static LuaValue of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> LuaValue.valueOf(node.textValue());
      case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
      case NUMBER -> LuaValue.valueOf(node.doubleValue());
      case NULL, MISSING -> LuaValue.NIL;
      case BINARY, POJO ->
          throw new IllegalArgumentException(node.getNodeType() + " is not part of JSON");
    };
  }

  private static LuaTable object(JsonNode node) {
    var table = new LuaTable();
    node.properties().forEach(field -> table.set(field.getKey(), of(field.getValue())));
    return table;
  }

  private static LuaTable array(JsonNode node) {
    var table = new LuaTable();
    for (int index = 0; index < node.size(); index++) {
      table.set(index + 1, of(node.get(index)));
    }
    return table;
  }
}
