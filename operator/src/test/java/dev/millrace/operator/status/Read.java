package dev.millrace.operator.status;

import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.LabelWindowStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** Reads conditions as the catalogue writes them: {@code StreamRunning=False/Starting: text}. */
final class Read {
  private Read() {}

  static String line(FeaturePipelineStatus status, String type) {
    return line(status.getConditions(), type);
  }

  static String line(LabelWindowStatus status, String type) {
    return line(status.getConditions(), type);
  }

  /** Without the message. */
  static String word(FeaturePipelineStatus status, String type) {
    return word(line(status, type));
  }

  /** Without the message. */
  static String word(LabelWindowStatus status, String type) {
    return word(line(status, type));
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }

  private static String word(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  private static String line(List<Condition> conditions, String type) {
    return find(conditions, type)
        .map(
            found ->
                type
                    + "="
                    + found.getStatus()
                    + "/"
                    + found.getReason()
                    + ": "
                    + found.getMessage())
        .orElse(type + " absent");
  }
}
