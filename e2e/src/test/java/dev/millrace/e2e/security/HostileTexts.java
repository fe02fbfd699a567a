package dev.millrace.e2e.security;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.contract.JobReport;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What hostile jobs, operators, editors and extracts say, by the name of who says it. */
final class HostileTexts {
  private static final String UGLY =
      "line\\nbreak \\u001b[31m \\u202etxt.exe \\u0000 ${jndi:x} $(id)";
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  private HostileTexts() {}

  /** A pipeline whose annotations and labels speak to whoever may listen. */
  static String pipeline(String name) {
    return Samples.pipeline("Retain")
        .replace(
            "metadata: {name: card-fraud}",
            """
            metadata:
              name: %s
              labels:
                app.kubernetes.io/managed-by: millrace
                millrace.dev/namespace: alpha
                millrace.dev/owner-uid: 5c1e0000-0000-4000-8000-000000000001
              annotations:
                strimzi.io/managed: "false"
                millrace.dev/namespace: alpha
                millrace.dev/approved-plan: "*"
                javaoperatorsdk.io/previous: '{"generation":"x"}'
                kubectl.kubernetes.io/last-applied-configuration: "{{{"
                example.org/text: "line\\nbreak ${env:HOME} $(id) {{ .Values }}"
            """
                .formatted(name)
                .strip());
  }

  static Map<String, HostileRest.Answer> rest() {
    var answers = new LinkedHashMap<String, HostileRest.Answer>();
    answers.put("no-json", HostileRest.always("<html>"));
    answers.put("too-long", HostileRest.always("[" + " ".repeat(2 << 20) + "]"));
    answers.put("too-deep", HostileRest.always("[".repeat(200_000)));
    answers.put("redirect", HostileRest.redirect("/elsewhere"));
    answers.put("broken", HostileRest.status(500, "{\"errors\":[\"" + UGLY + "\"]}"));
    answers.put("endless", HostileRest.endless());
    answers.put("climbing", HostileRest.only("overview", overview("../../../api/v1/secrets?x=")));
    answers.put("array", HostileRest.only("checkpoints", "[1,2,3]"));
    answers.put(
        "times",
        HostileRest.only(
            "checkpoints",
            "{\"counts\":{},\"latest\":{\"completed\":{\"latest_ack_timestamp\":1e400}}}"));
    answers.put("ugly-trace", HostileRest.only("exceptions", exception(UGLY.repeat(20_000))));
    answers.put("unknown-reason", HostileRest.only("exceptions", exception("MR/Hacked: " + UGLY)));
    answers.put(
        "good-reason", HostileRest.only("exceptions", exception("MR/Running: all is well")));
    answers.put("report", HostileRest.only("accumulators", accumulator("{" + UGLY)));
    answers.put(
        "version",
        HostileRest.only(
            "accumulators",
            accumulator(
                "{\\\"version\\\":1,\\\"servedVersion\\\":999999999,\\\"clock\\\":9223372036854775807}")));
    return answers;
  }

  /**
   * Jobs that give no answer of Flink's are not reachable; the others are as their operator says.
   */
  static Predicate<JsonNode> wanted(String name) {
    return switch (name) {
      case "no-json",
          "too-long",
          "too-deep",
          "redirect",
          "broken",
          "endless",
          "climbing",
          "array" ->
          object -> reason(object, "Checkpointing").equals("JobUnreachable");
      case "version" -> object -> object.at("/status/definition/servedVersion").asInt() == 1;
      default -> object -> object.at("/status/definition/servedVersion").isInt();
    };
  }

  private static String reason(JsonNode object, String type) {
    return Conditions.condition(object, type).path("reason").asText();
  }

  private static String overview(String id) {
    return "{\"jobs\":[{\"jid\":\"%s\",\"state\":\"RUNNING\",\"start-time\":1}]}".formatted(id);
  }

  private static String exception(String trace) {
    return "{\"exceptionHistory\":{\"entries\":[{\"timestamp\":%d,\"stacktrace\":\"%s\"}]}}"
        .formatted(System.currentTimeMillis(), trace);
  }

  private static String accumulator(String report) {
    return "{\"user-task-accumulators\":[{\"name\":\"%s\",\"value\":\"%s\"}]}"
        .formatted(JobReport.ACCUMULATOR, report);
  }

  /** {@code status.error} of FlinkDeployments. */
  static Map<String, String> errors() {
    String ugly = "java.lang.Exception: a\nb \u001b[31m \u202e\u0007 \u2028 ${env:HOME}";
    var errors = new LinkedHashMap<String, String>();
    errors.put("error-long", ugly.repeat(15_000));
    errors.put("error-json", "{\"type\":\"" + "x.".repeat(50_000) + "Y\",\"message\":{}}");
    errors.put("error-deep", "{\"throwableList\":" + "[".repeat(100_000));
    errors.put(
        "error-list",
        "{\"type\":\"T\",\"throwableList\":["
            + "{\"type\":7,\"message\":[1]},".repeat(5_000)
            + "null]}");
    return errors;
  }

  /** Specs of pipelines that no CRD of ours allows. */
  static Map<String, String> specs() {
    var specs = new LinkedHashMap<String, String>();
    specs.put("spec-text", "\"all of it\"");
    specs.put("spec-version", "{\"version\":\"three\"}");
    specs.put("spec-source", "{\"version\":1,\"source\":[1,2]}");
    specs.put("spec-entities", "{\"version\":1,\"entities\":{\"a\":{}}}");
    specs.put("spec-suspend", "{\"version\":1,\"suspend\":{\"x\":1}}");
    specs.put("spec-policy", "{\"version\":1,\"deletionPolicy\":\"Shred\"}");
    return specs;
  }

  /** What a refusal of each names. */
  static String refusal(String name) {
    return switch (name) {
      case "spec-text" -> "spec: Invalid value";
      case "spec-policy" -> "spec.deletionPolicy";
      default -> "spec." + name.substring("spec-".length());
    };
  }

  /** Data of the ConfigMap that remembers what was accepted. */
  static Map<String, Map<String, String>> memories() {
    var memories = new LinkedHashMap<String, Map<String, String>>();
    memories.put("memory-null", memory("null"));
    memories.put("memory-empty", memory("{}"));
    memories.put("memory-text", memory("\"spec\""));
    memories.put("memory-list", memory("[{}]"));
    memories.put("memory-deep", memory("{\"source\":".repeat(50_000)));
    memories.put("memory-long", memory("{\"x\":\"" + "y".repeat(700_000) + "\"}"));
    memories.put("memory-none", Map.of("servedVersion", "1"));
    memories.put("memory-version", Map.of("servedVersion", "-7", "spec-v99999999999.json", "{}"));
    return memories;
  }

  private static Map<String, String> memory(String spec) {
    return Map.of("servedVersion", "1", "spec-v1.json", spec);
  }

  /** Termination messages of extracts. */
  static Map<String, String> messages() {
    var messages = new LinkedHashMap<String, String>();
    messages.put("words-text", "done, trust me");
    messages.put("words-null", "null");
    messages.put("words-list", "[]");
    messages.put("words-deep", "{\"a\":".repeat(700));
    messages.put("words-types", "{\"run\":[],\"publishedRuns\":\"many\",\"rows\":{},\"labels\":7}");
    messages.put("words-numbers", "{\"publishedRuns\":-5,\"rows\":1e400}");
    messages.put("words-long", "{\"run\":\"" + "x".repeat(200_000) + "\"}");
    messages.put("words-ugly", "{\"run\":\"a\\nb\\u0000\\u202e\",\"failure\":\"MR/Ready: x\\n\"}");
    return messages;
  }
}
