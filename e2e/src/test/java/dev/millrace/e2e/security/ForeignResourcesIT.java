package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.neighbour.Kinds;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tenants after what others have (reliability.md §5, D2): what they forge is not followed, and the
 * victim in {@link QuickCluster#ALPHA} is left alone.
 */
class ForeignResourcesIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static OperatorProcess operator;
  private static Intrusions intrusions;

  @BeforeAll
  static void start() {
    operator = QUICK.cluster().startOperator(OperatorOptions.ALONE).awaitReady();
    intrusions = new Intrusions(QUICK.cluster());
  }

  @AfterAll
  static void stop() {
    intrusions.close();
    operator.close();
  }

  /** A victim lives in {@link QuickCluster#ALPHA}. */
  @TestFactory
  List<DynamicTest> whatOthersHaveStaysTheirs() {
    var victim = new Victim(QUICK.cluster());
    intrusions.add("their pipeline by name", ForeignResourcesIT::foreignPipeline);
    intrusions.add("their pipeline by name and namespace", ForeignResourcesIT::pipelineNamespace);
    intrusions.add("their topic, to read", ForeignResourcesIT::foreignTopic);
    intrusions.add("a resource of the same name", ForeignResourcesIT::sameName);
    intrusions.add("a definition that says it is theirs", victim::forgedDefinition);
    intrusions.add("a job that says it is theirs", victim::forgedJob);
    intrusions.add("a run that says it is theirs", victim::forgedRun);
    intrusions.add("a child whose owner is theirs", victim::forgedOwner);
    intrusions.add("accepted specs that name their connections", ForeignResourcesIT::forgedMemory);
    intrusions.addLast("the victim was left alone", victim::assertUntouched);
    intrusions.addLast("their end is not that of the forged", victim::end);
    return intrusions.tests();
  }

  private static void foreignPipeline(Intruder intruder) {
    intruder.window(Samples.window("Retain"));
    isNotFound(intruder);
  }

  private static void pipelineNamespace(Intruder intruder) {
    intruder.window(
        Samples.window("Retain")
            .replace("{name: card-fraud}", "{name: card-fraud, namespace: alpha}"));
    isNotFound(intruder);
  }

  private static void isNotFound(Intruder intruder) {
    intruder.windowRefused(
        "ReferencesResolved",
        "PipelineNotFound",
        "FeaturePipeline \"card-fraud\" is not in namespace \"%s\"; create it or correct the name"
            .formatted(intruder.namespace()));
  }

  /**
   * Kafka's own access rules decide whether it can be read; its KafkaTopic is not ours to touch.
   */
  private static void foreignTopic(Intruder intruder) {
    intruder.pipeline(
        Samples.pipeline("Retain")
            .replaceAll("topic: \\{.*}", "topic: {name: alpha.payments.tx, managed: false}"));
    intruder.tenant().awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    assertThat(intruder.tenant().children(Kinds.TOPIC))
        .as("side topics, but none for what it reads")
        .hasSize(2)
        .extracting(topic -> topic.getMetadata().getName())
        .allMatch(name -> name.startsWith(intruder.namespace() + "-"));
  }

  private static void sameName(Intruder intruder) {
    new Lives(intruder.tenant()).createManaged("Delete").createWindow("Delete");
    intruder.isComputed();
    new Lives(intruder.tenant()).deleteWindow().delete();
  }

  /** Refused, or taken back by a look that was under way; in any case not followed. */
  private static void forgedMemory(Intruder intruder) {
    intruder.pipeline(Samples.pipeline("Retain"));
    intruder.tenant().awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    String theirs = "\"connection\":\"alpha\"";
    intruder.rewrite(
        "card-fraud-rollout", text -> text.replace("\"connection\":\"default\"", theirs));
    String refusal = "spec.source.connection: Not found: \"alpha\" is not a Kafka connection";
    intruder
        .tenant()
        .until(
            PIPELINE,
            Samples.PIPELINE,
            "refused",
            object ->
                Conditions.condition(object, "SpecValid").path("message").asText().contains(refusal)
                    || intruder.documents().stream().noneMatch(text -> text.contains(theirs)));
    assertThat(intruder.documents()).noneMatch(text -> text.contains("alpha.kafka-alpha"));
  }
}
