package dev.millrace.e2e.crd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Answer;
import java.util.List;
import java.util.stream.StreamSupport;

/** The texts of a refusal in the form that samples state them. */
final class Refusals {
  private static final String STRICT = "strict decoding error";

  /** The server puts the type before the texts of rules, and a value before those of the schema. */
  private static final String TYPE_OF_A_RULE =
      ": Invalid value: \"(object|array|string|integer|number|boolean)\": (?!.* in body )";

  private Refusals() {}

  static List<String> of(Answer answer) {
    if (answer.isAccepted()) {
      return List.of();
    }
    JsonNode causes = answer.body().at("/details/causes");
    if (causes.isMissingNode()) {
      String message = answer.body().path("message").asText();
      return List.of(message.substring(Math.max(0, message.indexOf(STRICT))));
    }
    return StreamSupport.stream(causes.spliterator(), false).map(Refusals::text).toList();
  }

  private static String text(JsonNode cause) {
    String text = cause.path("field").asText() + ": " + cause.path("message").asText();
    return text.replaceFirst(TYPE_OF_A_RULE, ": Invalid value: ");
  }
}
