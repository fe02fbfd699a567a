package dev.millrace.operator.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.contract.Violation;
import java.util.List;
import java.util.Map;

/** A configuration file as its outermost section. */
final class YamlFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private YamlFile() {}

  /** The outermost map; empty after a violation, or if the file is empty. */
  static Section root(String yaml, List<Violation> violations) {
    Object value = null;
    try {
      value = YAML.readValue(yaml.isBlank() ? "{}" : yaml, Object.class);
    } catch (JsonProcessingException e) {
      violations.add(
          new Violation("$", Violation.Kind.INVALID, "is not YAML: " + e.getOriginalMessage()));
    }
    if (value instanceof Map<?, ?> map) {
      return new Section("", map, violations);
    }
    if (value != null) {
      violations.add(new Violation("$", Violation.Kind.INVALID, "must be a map; write keys"));
    }
    return new Section("", Map.of(), violations);
  }
}
