package dev.millrace.operator.config;

import dev.millrace.contract.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One map of a configuration file, read key by key. Mistakes are collected, never thrown, so that a
 * start reports all of them; {@link #close} refuses keys that nobody asked for.
 */
final class Section implements AutoCloseable {
  private final String path;
  private final Map<?, ?> values;
  private final List<Violation> violations;
  private final Set<String> known = new HashSet<>();

  Section(String path, Map<?, ?> values, List<Violation> violations) {
    this.path = path;
    this.values = values;
    this.violations = violations;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A required text that matches the pattern; empty after a violation. */
  String text(String key, Pattern pattern, String example) {
    Object value = take(key);
    if (value == null) {
      refuse(key, Violation.Kind.REQUIRED, "is missing; use for example " + example);
      return "";
    }
    return checked(key, value, pattern, example);
  }

  /** A text that may be absent. */
  String text(String key, Pattern pattern, String example, String absent) {
    Object value = take(key);
    return value == null ? absent : checked(key, value, pattern, example);
  }

  private String checked(String key, Object value, Pattern pattern, String example) {
    if (value instanceof String text && pattern.matcher(text).matches()) {
      return text;
    }
    refuse(
        key,
        Violation.Kind.INVALID,
        Violation.quote(String.valueOf(value)) + " does not fit; use for example " + example);
    return "";
  }

  /** A whole number within bounds. */
  int number(String key, int least, int most, int absent) {
    Object value = take(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    refuse(
        key,
        Violation.Kind.INVALID,
        "must be a number from "
            + least
            + " to "
            + most
            + ", got "
            + Violation.quote(String.valueOf(value))
            + "; correct it");
    return absent;
  }

  /** True or false; false when absent. */
  boolean flag(String key) {
    return flag(key, false);
  }

  /** True or false. */
  boolean flag(String key, boolean absent) {
    Object value = take(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    refuse(key, Violation.Kind.INVALID, "must be true or false; correct it");
    return absent;
  }

  /** A list of texts. */
  List<String> texts(String key, Pattern pattern, String example, List<String> absent) {
    Object value = take(key);
    if (value == null) {
      return absent;
    }
    var texts = new ArrayList<String>();
    if (value instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        texts.add(checked(key + "[" + i + "]", items.get(i), pattern, example));
      }
    } else {
      refuse(key, Violation.Kind.INVALID, "must be a list, for example [" + example + "]");
    }
    return texts;
  }

  /** The maps of a list; empty when absent. */
  List<Section> sections(String key) {
    Object value = take(key);
    var sections = new ArrayList<Section>();
    if (value instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        child(key + "[" + i + "]", items.get(i), sections);
      }
    } else if (value != null) {
      refuse(key, Violation.Kind.INVALID, "must be a list; write each entry as - name: …");
    }
    return sections;
  }

  /** One nested map; an empty one when absent, whose required keys are then reported. */
  Section section(String key) {
    var sections = new ArrayList<Section>();
    Object value = take(key);
    child(key, value == null ? Map.of() : value, sections);
    return sections.isEmpty()
        ? new Section(path(key), Map.of(), new ArrayList<>())
        : sections.get(0);
  }

  private void child(String key, Object value, List<Section> into) {
    if (value instanceof Map<?, ?> map) {
      into.add(new Section(path(key), map, violations));
    } else {
      refuse(key, Violation.Kind.INVALID, "must be a map; write keys and values");
    }
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  void refuse(String key, Violation.Kind kind, String text) {
    violations.add(new Violation(path(key), kind, text));
  }

  private Object take(String key) {
    known.add(key);
    return values.get(key);
  }

  /** Reports keys that nobody asked for; the name is echoed, the value is not. */
  @Override
  public void close() {
    for (Object key : values.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        refuse(String.valueOf(key), Violation.Kind.FORBIDDEN, "is not a known key; remove it");
      }
    }
  }
}
