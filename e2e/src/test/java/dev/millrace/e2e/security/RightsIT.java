package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.ChartRelease;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.local.controlplane.AuditEntry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The chart grants what the operator uses, and nothing else (reliability.md §5, D3): judged by the
 * API server's audit log of everything that can happen to a resource.
 */
class RightsIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  /**
   * Never the right to a request: an admission plugin that this API server does not run asks for
   * the finalizers, the framework's own check before an election for the lease.
   */
  private static final Set<String> NOT_FOR_REQUESTS =
      Set.of(
          "millrace-own: update leases.coordination.k8s.io",
          "millrace: update featurepipelines/finalizers.millrace.dev",
          "millrace: update labelwindows/finalizers.millrace.dev");

  private static final int FORBIDDEN = 403;

  @Test
  void everyRightIsUsedAndNoneIsMissed() {
    // Another class's operator may have left one, and then none has to be made.
    QUICK.cluster().client().leases().inNamespace(ChartRelease.SYSTEM).delete();
    long mark = QUICK.cluster().controlPlane().audit().mark();
    var restarted = QUICK.cluster().tenant();
    var going = QUICK.cluster().tenant();
    try (var operator = start()) {
      retained();
      deleted();
      contended(mark);
      new Lives(restarted).create("Retain").suspendAndResume();
      leave(going, mark);
    }
    try (var next = start()) {
      untilAsked(mark, entry -> isEventOfOwn(entry) && entry.verb().equals("patch"));
      QUICK.cluster().neighbours().flinkAway(going.namespace(), false);
      going.until(PIPELINE, Samples.PIPELINE, "its end", object -> object.isMissingNode());
      new Lives(restarted).suspendAndResume().delete();
    }

    assertThat(asked(mark))
        .filteredOn(entry -> entry.code() == FORBIDDEN)
        .as("refused, but where nothing can be created any more")
        .allMatch(entry -> entry.namespace().equals(going.namespace()));
    assertThat(unused(asked(mark))).as("granted without a use").isEqualTo(NOT_FOR_REQUESTS);
  }

  private static void retained() {
    var lives = new Lives(QUICK.cluster().tenant());
    lives.createManaged("Retain").createWindow("Retain").run();
    lives.scale().refused().newVersion();
    lives.registeredStore().deleteWindow().delete();
  }

  private static void deleted() {
    var lives = new Lives(QUICK.cluster().tenant());
    lives.createManaged("Delete").createWindow("Delete").deleteWindow().delete();
  }

  /** Somebody else writes all the time, so that our finalizer meets a newer object. */
  private static void contended(long mark) {
    for (var kind : List.of(PIPELINE, WINDOW)) {
      Predicate<AuditEntry> reads =
          entry -> entry.verb().equals("get") && entry.resource().equals(kind.getPlural());
      for (int life = 0; life < 10 && asked(mark).stream().noneMatch(reads); life++) {
        Lives.contended(QUICK.cluster().tenant(), kind);
      }
    }
  }

  /** A namespace goes while no one stops its job: the operator says so beside its own lease. */
  private static void leave(Tenant going, long mark) {
    new Lives(going).createManaged("Delete");
    QUICK.cluster().neighbours().flinkAway(going.namespace(), true);
    QUICK.cluster().client().namespaces().withName(going.namespace()).delete();
    untilAsked(mark, RightsIT::isEventOfOwn);
  }

  private static boolean isEventOfOwn(AuditEntry entry) {
    return entry.resource().equals("events") && entry.namespace().equals(ChartRelease.SYSTEM);
  }

  private static void untilAsked(long mark, Predicate<AuditEntry> wanted) {
    await("a request")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> asked(mark).stream().anyMatch(wanted));
  }

  private static OperatorProcess start() {
    return QUICK.cluster().startOperator(OperatorOptions.REPLICA).awaitReady();
  }

  private static List<AuditEntry> asked(long mark) {
    return QUICK.cluster().requestsOfOperators(mark);
  }

  /** Roles of one name hold one list of rules: a use in one namespace is enough. */
  private static Set<String> unused(List<AuditEntry> asked) {
    var unused = new TreeSet<String>();
    var used = new TreeSet<String>();
    for (Right right : new Grants(QUICK.cluster().client()).all()) {
      unused.add(right.inAnyNamespace());
      if (asked.stream().anyMatch(right::isUsedBy)) {
        used.add(right.inAnyNamespace());
      }
    }
    unused.removeAll(used);
    return unused;
  }
}
