package dev.millrace.e2e.security;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.local.controlplane.AuditEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each right that the chart grants is taken away in turn while resources live and die
 * (reliability.md §5, D3): the operator says which one it lacks, does not run hot, and goes on once
 * it is granted.
 */
class DroppedRightsIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static final Duration LONGEST = Duration.ofMinutes(3);

  /**
   * Not asked for in these lives: finalizers only by a plugin that this API server does not run, an
   * Event is raised once a minute.
   */
  private static final Set<String> NOT_ASKED =
      Set.of(
          "update featurepipelines/finalizers", "update labelwindows/finalizers", "patch events");

  /** What a deletion asks for only if the store lives until then. */
  private static final Set<String> WITH_STORE =
      Set.of("secrets", "serviceaccounts", "persistentvolumeclaims", "namespaces");

  private static final List<String> ORDER = List.of("get", "patch", "create", "update", "delete");

  private NarrowedRights rights;
  private List<Right> granted;

  @BeforeEach
  void read() {
    granted = new Grants(QUICK.cluster().client()).all();
    rights = new NarrowedRights(QUICK.cluster().client());
  }

  @AfterEach
  void giveBack() {
    rights.close();
  }

  @Test
  void eachMissingVerbIsNamedAndHealsWhenItIsGranted() {
    long mark = QUICK.cluster().controlPlane().audit().mark();
    long start = System.nanoTime();
    rights.divide();
    List<Drill> drills = drills();
    try (var operator = QUICK.cluster().startOperator(OperatorOptions.ALONE).awaitReady()) {
      drills.forEach(
          drill -> drill.begin(Samples.managedRedis("Delete"), Samples.window("Delete")));
      await("the lives of all")
          .atMost(LONGEST)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> assertThat(left(drills, operator)).isEmpty());
      assertThat(operator.isAlive()).as("the operator lives").isTrue();
    }
    Map<String, Drill.Said> said = said(drills);
    assertThat(said.keySet()).as("what was said to be missing").isEqualTo(expected());
    assertThat(in(said, Drill.Said.LOG)).as("what only the log says").isSubsetOf(Drill.LOGGED);
    assertThat(hot(mark, Duration.ofNanos(System.nanoTime() - start))).isEmpty();
    System.out.printf(
        "%d rights dropped in turn, %d of them named in a condition, %d in the log%n",
        said.size(), in(said, Drill.Said.CONDITION).size(), in(said, Drill.Said.LOG).size());
  }

  /** Those that are not over, after one look at each. */
  private static String left(List<Drill> drills, OperatorProcess operator) {
    String log = operator.logged();
    drills.forEach(
        drill ->
            drill.advance(
                (right, namespace) ->
                    log.contains(
                        (right.refusal() + " in the namespace \"" + namespace)
                            .replace("\"", "\\\""))));
    return drills.stream()
        .filter(drill -> !drill.isOver())
        .map(Drill::toString)
        .collect(joining("%n".formatted()));
  }

  /** One per resource; one without all that nobody is to ask for. */
  private List<Drill> drills() {
    var byResource = new TreeMap<String, List<List<Right>>>();
    var notAsked = new ArrayList<Right>();
    for (Right right : inTurn(granted)) {
      if (NOT_ASKED.contains(right.inShort())) {
        notAsked.add(right);
      } else {
        byResource.computeIfAbsent(life(right), any -> new ArrayList<>()).add(List.of(right));
      }
    }
    byResource.put("all that is not asked for", List.of(notAsked));
    return byResource.entrySet().stream()
        .map(each -> drill(each.getKey(), each.getValue()))
        .toList();
  }

  /**
   * Rights on one resource share a life; those without which no status is written have one of their
   * own, since they are only asked for when a spec is new.
   */
  private static String life(Right right) {
    boolean reads = Drill.LOGGED.contains(right.inShort()) && right.verb().equals("get");
    return reads ? right.inShort() : right.resource().replace("/status", "");
  }

  private Drill drill(String resource, List<List<Right>> dropped) {
    boolean topics = resource.equals("kafkatopics");
    var tenant = topics ? QUICK.cluster().tenant(QuickCluster.ALPHA) : QUICK.cluster().tenant();
    String scope = topics ? QuickCluster.KAFKA_ALPHA : tenant.namespace();
    return new Drill(tenant, scope, WITH_STORE.contains(resource), dropped, rights);
  }

  /** Each once, without those for caches and those that only the start needs. */
  private static List<Right> inTurn(List<Right> granted) {
    var seen = new TreeSet<String>();
    return granted.stream()
        .filter(right -> !right.isForCaches() && !right.role().endsWith("-own"))
        .filter(right -> !right.resource().equals("customresourcedefinitions"))
        .filter(right -> seen.add(right.inShort()))
        .sorted(Comparator.comparing(right -> ORDER.indexOf(right.verb())))
        .toList();
  }

  private Set<String> expected() {
    return inTurn(granted).stream()
        .map(Right::inShort)
        .filter(right -> !NOT_ASKED.contains(right))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> in(Map<String, Drill.Said> said, Drill.Said where) {
    return said.keySet().stream()
        .filter(right -> said.get(right) == where)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Drill.Said> said(List<Drill> drills) {
    var said = new TreeMap<String, Drill.Said>();
    drills.forEach(drill -> drill.said().forEach((right, at) -> said.put(right.inShort(), at)));
    return said;
  }

  /** Refused more often than a back-off of at most two seconds explains. */
  private static List<String> hot(long mark, Duration time) {
    return QUICK.cluster().requestsOfOperators(mark).stream()
        .filter(entry -> entry.code() == 403)
        .collect(Collectors.groupingBy(DroppedRightsIT::request, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(each -> each.getValue() > 10 + 2 * time.toSeconds())
        .map(Object::toString)
        .toList();
  }

  private static String request(AuditEntry entry) {
    return entry.verb() + " " + entry.resource() + " in " + entry.namespace();
  }
}
