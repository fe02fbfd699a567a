package dev.millrace.e2e.security;

import static dev.millrace.e2e.security.Tenant.PIPELINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.e2e.platform.OperatorProcess;
import dev.millrace.local.controlplane.AuditEntry;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tenants after each other's things (reliability.md §5, D2): what they name is refused with its
 * exact text, what they forge is not followed, and the audit log shows where the operator was.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TenantsIT {
  @RegisterExtension static final SecurityExtension SECURITY = new SecurityExtension();

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(12);

  private static OperatorProcess operator;
  private static long mark;

  @BeforeAll
  static void start() {
    mark = SECURITY.cluster().controlPlane().audit().mark();
    operator = SECURITY.cluster().startOperator(OperatorSettings.ALONE).awaitReady();
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
    operator.close();
  }

  /** Nobody has anything in {@link SecuredCluster#ALPHA} yet: it is not even looked at. */
  @Order(1)
  @TestFactory
  List<DynamicTest> whatOthersMayUseIsRefused() {
    var cases = new Cases();
    cases.add("a Kafka connection of others", TenantsIT::foreignKafka);
    cases.add("a Kafka connection that does not exist: the same text", TenantsIT::unknownKafka);
    cases.add("a Redis connection of others", TenantsIT::foreignRedis);
    cases.add("a storage connection of others", TenantsIT::foreignStorage);
    cases.add("the label topic on a connection of others", TenantsIT::foreignLabels);
    cases.add("a topic named as if it were theirs", TenantsIT::topicPrefix);
    cases.add("a topic name that climbs", TenantsIT::topicPath);
    cases.add("a key prefix", TenantsIT::keyPrefix);
    cases.add("a folder", TenantsIT::folder);
    cases.add("labels and annotations that speak to the operator", TenantsIT::hostileLabels);
    cases.add("a Secret where the managed store's would be", TenantsIT::secretTaken);
    cases.add("a Service where the managed store's would be", TenantsIT::serviceTaken);
    return cases.with(
        "the operator was nowhere else",
        () -> {
          assertThat(asked()).isNotEmpty();
          assertThat(places(asked()))
              .as("namespaces of requests")
              .doesNotContain(SecuredCluster.ALPHA, SecuredCluster.KAFKA_ALPHA, "default")
              .isSubsetOf(allowed(cases));
        });
  }

  private static Set<String> allowed(Cases cases) {
    var allowed = new TreeSet<>(cases.namespaces());
    allowed.add(SecuredCluster.KAFKA);
    return allowed;
  }

  /** A victim lives in {@link SecuredCluster#ALPHA}. */
  @Order(2)
  @TestFactory
  List<DynamicTest> whatOthersHaveStaysTheirs() {
    var victim = new Victim(SECURITY.cluster());
    var cases = new Cases();
    cases.add("their pipeline by name", TenantsIT::foreignPipeline);
    cases.add("their pipeline by name and namespace", TenantsIT::pipelineNamespace);
    cases.add("their topic, to read", TenantsIT::foreignTopic);
    cases.add("a resource of the same name", TenantsIT::sameName);
    cases.add("a definition that says it is theirs", victim::forgedDefinition);
    cases.add("a job that says it is theirs", victim::forgedJob);
    cases.add("a run that says it is theirs", victim::forgedRun);
    cases.add("a child whose owner is theirs", victim::forgedOwner);
    cases.add("accepted specs that name their connections", TenantsIT::forgedMemory);
    List<DynamicTest> tests = cases.with("the victim was left alone", victim::assertUntouched);
    tests.add(DynamicTest.dynamicTest("their end is not that of the forged", victim::end));
    return tests;
  }

  private static void foreignKafka(Intruder intruder) {
    intruder.pipeline(Samples.onOwnKafka(Samples.pipeline("Retain")));
    refused(intruder, "source", "alpha", "Kafka");
  }

  private static void unknownKafka(Intruder intruder) {
    intruder.pipeline(
        Samples.onOwnKafka(Samples.pipeline("Retain"))
            .replace("connection: alpha", "connection: nowhere"));
    refused(intruder, "source", "nowhere", "Kafka");
  }

  private static void foreignRedis(Intruder intruder) {
    intruder.pipeline(
        Samples.pipeline("Retain").replace("online: {}", "online: {connection: alpha}"));
    refused(intruder, "online", "alpha", "Redis");
  }

  private static void foreignStorage(Intruder intruder) {
    intruder.pipeline(
        Samples.pipeline("Retain").replace("online: {}", "offline: {connection: alpha}"));
    refused(intruder, "offline", "alpha", "storage");
  }

  private static void refused(Intruder intruder, String member, String name, String kind) {
    intruder.refused("SpecValid", "Invalid", text(intruder, member, name, kind));
  }

  private static String text(Intruder intruder, String member, String name, String kind) {
    return "spec.%s.connection: Not found: \"%s\" is not a %s connection of namespace \"%s\"; use one of: default"
        .formatted(member, name, kind, intruder.namespace());
  }

  private static void foreignLabels(Intruder intruder) {
    intruder.pipeline(Samples.pipeline("Retain"));
    intruder.window(Samples.onOwnKafka(Samples.window("Retain")));
    intruder.windowRefused(
        "SpecValid", "Invalid", text(intruder, "label.source", "alpha", "Kafka"));
  }

  private static void topicPrefix(Intruder intruder) {
    intruder.pipeline(
        Samples.pipeline("Retain").replace("name: payments.tx", "name: alpha.payments.tx"));
    intruder.tenant().awaitReady(PIPELINE, Lives.NAME, "Running");
    assertThat(intruder.tenant().read(PIPELINE, Lives.NAME).at("/status/topic/name").asText())
        .isEqualTo(intruder.namespace() + ".alpha.payments.tx");
  }

  private static void topicPath(Intruder intruder) {
    assertThatThrownBy(
            () ->
                intruder.pipeline(
                    Samples.pipeline("Retain").replace("name: payments.tx", "name: ../alpha/tx")))
        .hasMessageContaining("spec.source.topic.name");
  }

  private static void keyPrefix(Intruder intruder) {
    intruder.pipeline(
        Samples.pipeline("Retain").replace("online: {}", "online: {keyPrefix: \"mr:{alpha/\"}"));
    isComputed(intruder);
  }

  private static void folder(Intruder intruder) {
    intruder.pipeline(
        Samples.pipeline("Retain")
            .replace("online: {}", "offline: {path: \"s3a://features/alpha\"}"));
    isComputed(intruder);
  }

  private static void hostileLabels(Intruder intruder) {
    intruder.pipeline(Samples.hostile().replace("name: hostile", "name: card-fraud"));
    isComputed(intruder);
  }

  /** Runs, and everything it was made to say is its own. */
  private static void isComputed(Intruder intruder) {
    intruder.tenant().awaitReady(PIPELINE, Lives.NAME, "Running");
    assertThat(intruder.documents())
        .isNotEmpty()
        .noneMatch(document -> document.contains("alpha"))
        .anyMatch(document -> document.contains("s3a://features/" + intruder.namespace() + "/"));
  }

  private static void secretTaken(Intruder intruder) {
    var secret =
        intruder.put(
            new SecretBuilder()
                .withMetadata(Intruder.metadata("card-fraud-redis", Map.of()))
                .withStringData(Map.of("password", "chosen"))
                .build());
    intruder.pipeline(Samples.managedRedis("Retain"));
    intruder.refused(
        "OnlineStoreReady",
        "ChildConflict",
        "Secret "
            + intruder.namespace()
            + "/card-fraud-redis has another owner; rename one of the two");
    assertThat(intruder.exists(secret)).isTrue();
  }

  private static void serviceTaken(Intruder intruder) {
    intruder.put(
        new ServiceBuilder()
            .withMetadata(Intruder.metadata("card-fraud-redis", Map.of()))
            .withNewSpec()
            .withExternalName("redis.alpha.svc")
            .withType("ExternalName")
            .endSpec()
            .build());
    intruder.pipeline(Samples.managedRedis("Retain"));
    intruder.refused(
        "OnlineStoreReady",
        "ChildConflict",
        "Service "
            + intruder.namespace()
            + "/card-fraud-redis has another owner (uid null); rename one of the two");
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
        Samples.foreignTopic("alpha.payments.tx").replace("name: reader", "name: card-fraud"));
    intruder.tenant().awaitReady(PIPELINE, Lives.NAME, "Running");
    assertThat(SECURITY.cluster().topicsOf(intruder.namespace()))
        .as("side topics, but none for what it reads")
        .hasSize(2)
        .allMatch(name -> name.startsWith(intruder.namespace() + "-"));
  }

  private static void sameName(Intruder intruder) {
    new Lives(intruder.tenant()).createManaged("Delete").createWindow("Delete");
    isComputed(intruder);
    new Lives(intruder.tenant()).deleteWindow().delete();
  }

  /** Refused, or taken back by a look that was under way; in any case not followed. */
  private static void forgedMemory(Intruder intruder) {
    intruder.pipeline(Samples.pipeline("Retain"));
    intruder.tenant().awaitReady(PIPELINE, Lives.NAME, "Running");
    String theirs = "\"connection\":\"alpha\"";
    intruder.rewrite(
        "card-fraud-rollout", text -> text.replace("\"connection\":\"default\"", theirs));
    String refusal = "spec.source.connection: Not found: \"alpha\" is not a Kafka connection";
    intruder
        .tenant()
        .until(
            PIPELINE,
            Lives.NAME,
            "refused",
            object ->
                Tenant.condition(object, "SpecValid").path("message").asText().contains(refusal)
                    || intruder.documents().stream().noneMatch(text -> text.contains(theirs)));
    assertThat(intruder.documents()).noneMatch(text -> text.contains("alpha.kafka-alpha"));
  }

  /** Requests of the operator since the start of this class, without those of its caches. */
  static List<AuditEntry> asked() {
    return SECURITY.cluster().controlPlane().audit().since(mark).stream()
        .filter(entry -> entry.user().equals(SecuredCluster.OPERATOR))
        .filter(entry -> !Set.of("list", "watch").contains(entry.verb()))
        .toList();
  }

  private static Set<String> places(List<AuditEntry> asked) {
    var places = new TreeSet<String>();
    asked.stream()
        .map(AuditEntry::namespace)
        .filter(namespace -> !namespace.isEmpty())
        .forEach(places::add);
    return places;
  }

  /** An attempt; throws if it succeeds. */
  interface Attempt {
    void by(Intruder intruder);
  }

  /** Attempts at the same time, each from a namespace of its own, and a last look. */
  private static final class Cases {
    private final List<DynamicTest> tests = new ArrayList<>();
    private final List<Intruder> intruders = new ArrayList<>();

    void add(String name, Attempt attempt) {
      var intruder = new Intruder(SECURITY.cluster());
      intruders.add(intruder);
      var running = CompletableFuture.runAsync(() -> attempt.by(intruder), THREADS);
      tests.add(DynamicTest.dynamicTest(name, () -> outcome(running)));
    }

    private static void outcome(CompletableFuture<Void> attempt) throws Throwable {
      try {
        attempt.join();
      } catch (CompletionException e) {
        throw e.getCause();
      }
    }

    List<DynamicTest> with(String name, Runnable last) {
      tests.add(DynamicTest.dynamicTest(name, last::run));
      return tests;
    }

    List<String> namespaces() {
      return intruders.stream().map(Intruder::namespace).toList();
    }
  }
}
