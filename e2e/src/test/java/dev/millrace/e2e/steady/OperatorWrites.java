package dev.millrace.e2e.steady;

import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.local.controlplane.AuditEntry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the operator asks of the API server from one moment on, by the server's own audit log: a
 * patch that changes nothing is a write too.
 */
final class OperatorWrites {
  private final QuickCluster cluster;
  private final long mark;

  private OperatorWrites(QuickCluster cluster) {
    this.cluster = cluster;
    mark = cluster.controlPlane().audit().mark();
  }

  /** What is written from now on. */
  static OperatorWrites of(QuickCluster cluster) {
    return new OperatorWrites(cluster);
  }

  /** Every request of the operator. */
  List<AuditEntry> requests() {
    return cluster.requestsOfOperators(mark);
  }

  /** Those meant to change something. */
  List<AuditEntry> writes() {
    return requests().stream().filter(AuditEntry::isWrite).toList();
  }

  /** What was written, {@code patch tenant-1/statefulsets/cards-redis}, for messages. */
  List<String> texts() {
    return writes().stream()
        .map(
            entry ->
                "%s %s/%s/%s %s"
                    .formatted(
                        entry.verb(),
                        entry.namespace(),
                        entry.resource(),
                        entry.name(),
                        entry.subresource())
                    .strip())
        .toList();
  }

  /** Plurals of the kinds of objects that were written with success. */
  Set<String> kinds() {
    return writes().stream()
        .filter(entry -> entry.code() < 300)
        .map(AuditEntry::resource)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * How often resources of a namespace were looked at: each reconcile reads the service account of
   * its pods, and nothing else does.
   *
   * @param serviceAccount that of a pipeline's or of a LabelWindow's pods
   */
  long looks(String namespace, String serviceAccount) {
    return requests().stream()
        .filter(entry -> entry.verb().equals("get") && entry.resource().equals("serviceaccounts"))
        .filter(entry -> entry.namespace().equals(namespace))
        .filter(entry -> entry.name().equals(serviceAccount))
        .count();
  }

  /** Returns once nothing has been written for a while. */
  void awaitCalm(Duration calm) {
    await("no more write by the operator")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              long last = writes().stream().mapToLong(AuditEntry::atEpochMillis).max().orElse(0);
              if (System.currentTimeMillis() - last < calm.toMillis()) {
                throw new AssertionError("last writes: " + tail(texts()));
              }
            });
  }

  private static List<String> tail(List<String> all) {
    return all.subList(Math.max(0, all.size() - 12), all.size());
  }
}
