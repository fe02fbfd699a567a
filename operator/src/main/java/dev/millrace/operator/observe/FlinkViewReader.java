package dev.millrace.operator.observe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.contract.KnownFailure;
import dev.millrace.contract.PlainText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/** Takes a FlinkDeployment's untyped status apart. */
final class FlinkViewReader {
  /** What the Flink operator writes where it restores from its own knowledge: never a path. */
  private static final String SENTINEL = "KUBERNETES_OPERATOR_LAST_STATE";

  private static final int LONGEST_WORD = 32;
  private static final int LONGEST_PATH = 1024;
  private static final int MOST_CAUSES = 8;

  private FlinkViewReader() {}

  static FlinkView read(GenericKubernetesResource object) {
    JsonNode status = Untyped.status(object);
    JsonNode job = status.path("jobStatus");
    String savepoint = job.path("upgradeSavepointPath").asText("");
    String error = status.path("error").asText("");
    boolean says = status.isObject() && !status.isEmpty();
    return new FlinkView(
        Untyped.generation(object),
        status.path("observedGeneration").asLong(-1),
        says,
        word(status.path("lifecycleState")),
        word(status.path("jobManagerDeploymentStatus")),
        word(job.path("state")),
        FlinkRestAnswers.id(job.path("jobId").asText("")).orElse(""),
        Untyped.millis(job.path("startTime")),
        savepoint.isBlank() || savepoint.equals(SENTINEL)
            ? Optional.empty()
            : Optional.of(PlainText.line(savepoint, LONGEST_PATH)),
        error.isBlank() ? Optional.empty() : Optional.of(error(error)),
        Untyped.createdAt(object));
  }

  static FlinkError error(String text) {
    JsonNode json = Untyped.json(text);
    if (!json.path("type").isTextual()) {
      return new FlinkError("", ForeignText.cause(text), "", KnownFailure.find(text));
    }
    var searched = new StringBuilder(json.path("message").asText(""));
    var causes = new StringBuilder();
    int count = 0;
    for (JsonNode cause : json.path("throwableList")) {
      searched.append('\n').append(cause.path("message").asText(""));
      if (count++ < MOST_CAUSES) {
        causes.append(causes.isEmpty() ? "" : " <- ");
        causes.append(ForeignText.simpleName(cause.path("type").asText("")));
        String message = ForeignText.cause(cause.path("message").asText(""));
        causes.append(message.isEmpty() ? "" : ": " + message);
      }
    }
    return new FlinkError(
        ForeignText.simpleName(json.path("type").asText("")),
        ForeignText.cause(json.path("message").asText("")),
        PlainText.line(causes.toString(), 2 * ForeignText.LIMIT),
        KnownFailure.find(searched.toString()));
  }

  private static String word(JsonNode node) {
    return node.isTextual() ? PlainText.line(node.textValue(), LONGEST_WORD) : "";
  }
}
