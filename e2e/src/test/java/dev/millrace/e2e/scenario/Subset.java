package dev.millrace.e2e.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares an object with the part of it that a scenario names. Maps may hold more; items of lists
 * are found by {@code type}, {@code name} or {@code kind}, or else anywhere in the list. A text
 * between slashes is a regular expression; {@code <absent>} wants nothing there, as the value of
 * any other key of an item no such item.
 */
final class Subset {
  private static final String ABSENT = "<absent>";
  private static final List<String> KEYS = List.of("type", "name", "kind", "version");

  private Subset() {}

  /** Differences, a line each; none if the object has all that is wanted. */
  static List<String> differences(String path, Object wanted, Object actual) {
    var differences = new ArrayList<String>();
    compare(path, wanted, actual, differences);
    return differences;
  }

  private static void compare(String path, Object wanted, Object actual, List<String> into) {
    if (ABSENT.equals(wanted)) {
      if (actual != null) {
        into.add(path + ": wanted nothing, got " + actual);
      }
    } else if (wanted instanceof Map<?, ?> map) {
      Map<?, ?> there = actual instanceof Map<?, ?> found ? found : Map.of();
      map.forEach((key, value) -> compare(path + "." + key, value, there.get(key), into));
    } else if (wanted instanceof List<?> list) {
      List<?> there = actual instanceof List<?> found ? found : List.of();
      for (int i = 0; i < list.size(); i++) {
        item(path + "[" + i + "]", list.get(i), there, into);
      }
    } else if (!matches(wanted, actual)) {
      into.add(path + ": wanted " + wanted + ", got " + actual);
    }
  }

  private static void item(String path, Object wanted, List<?> there, List<String> into) {
    if (wanted instanceof Map<?, ?> map) {
      for (String key : KEYS) {
        Object value = map.get(key);
        if (value != null) {
          Object found =
              there.stream()
                  .filter(item -> item instanceof Map<?, ?> other && matches(value, other.get(key)))
                  .findFirst()
                  .orElse(null);
          String named = path + "{" + key + "=" + value + "}";
          compare(named, map.containsValue(ABSENT) ? ABSENT : wanted, found, into);
          return;
        }
      }
    }
    if (there.stream().noneMatch(item -> differences(path, wanted, item).isEmpty())) {
      into.add(path + ": wanted " + wanted + " among " + there);
    }
  }

  private static boolean matches(Object wanted, Object actual) {
    String text = String.valueOf(wanted);
    if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
      return actual != null
          && String.valueOf(actual).matches("(?s)" + text.substring(1, text.length() - 1));
    }
    return text.equals(String.valueOf(actual));
  }
}
