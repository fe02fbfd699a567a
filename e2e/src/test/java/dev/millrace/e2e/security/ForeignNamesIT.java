package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.e2e.cluster.ChartRelease;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.local.controlplane.AuditEntry;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tenants who name what others may use, or what would be theirs (reliability.md §5, D2): it is
 * refused with its exact text, and the audit log shows where the operator was. Nobody has anything
 * in {@link QuickCluster#ALPHA}: it is not even looked at.
 */
class ForeignNamesIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static OperatorProcess operator;
  private static Intrusions intrusions;
  private static long mark;

  @BeforeAll
  static void start() {
    mark = QUICK.cluster().controlPlane().audit().mark();
    operator = QUICK.cluster().startOperator(OperatorOptions.ALONE).awaitReady();
    intrusions = new Intrusions(QUICK.cluster());
  }

  @AfterAll
  static void stop() {
    intrusions.close();
    operator.close();
  }

  @TestFactory
  List<DynamicTest> whatOthersMayUseIsRefused() {
    intrusions.add("a Kafka connection of others", ForeignNamesIT::foreignKafka);
    intrusions.add(
        "a Kafka connection that does not exist: the same text", ForeignNamesIT::unknownKafka);
    intrusions.add("a Redis connection of others", ForeignNamesIT::foreignRedis);
    intrusions.add("a storage connection of others", ForeignNamesIT::foreignStorage);
    intrusions.add("the label topic on a connection of others", ForeignNamesIT::foreignLabels);
    intrusions.add("a topic named as if it were theirs", ForeignNamesIT::topicPrefix);
    intrusions.add("a topic name that climbs", ForeignNamesIT::topicPath);
    intrusions.add("a key prefix", ForeignNamesIT::keyPrefix);
    intrusions.add("a folder", ForeignNamesIT::folder);
    intrusions.add(
        "labels and annotations that speak to the operator", ForeignNamesIT::hostileLabels);
    intrusions.add("a Secret where the managed store's would be", ForeignNamesIT::secretTaken);
    intrusions.add("a Service where the managed store's would be", ForeignNamesIT::serviceTaken);
    intrusions.addLast("the operator was nowhere else", ForeignNamesIT::wasNowhereElse);
    return intrusions.tests();
  }

  private static void wasNowhereElse() {
    var allowed = new TreeSet<>(intrusions.namespaces());
    allowed.add(ChartRelease.KAFKA);
    assertThat(places())
        .as("namespaces of requests")
        .isNotEmpty()
        .doesNotContain(QuickCluster.ALPHA, QuickCluster.KAFKA_ALPHA, "default")
        .isSubsetOf(allowed);
  }

  /** Of requests since the start of this class, without those of caches. */
  private static Set<String> places() {
    return QUICK.cluster().requestsOfOperators(mark).stream()
        .filter(entry -> !Set.of("list", "watch").contains(entry.verb()))
        .map(AuditEntry::namespace)
        .filter(namespace -> !namespace.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
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
    intruder.tenant().awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    assertThat(intruder.tenant().read(PIPELINE, Samples.PIPELINE).at("/status/topic/name").asText())
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
    intruder.isComputed();
  }

  private static void folder(Intruder intruder) {
    intruder.pipeline(
        Samples.pipeline("Retain")
            .replace("online: {}", "offline: {path: \"s3a://features/alpha\"}"));
    intruder.isComputed();
  }

  private static void hostileLabels(Intruder intruder) {
    intruder.pipeline(HostileTexts.pipeline(Samples.PIPELINE));
    intruder.isComputed();
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
}
