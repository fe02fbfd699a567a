package dev.millrace.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.Requests;
import dev.millrace.e2e.crd.Sample;
import dev.millrace.e2e.fault.QuickNeighbours;
import dev.millrace.e2e.fault.Subject;
import dev.millrace.e2e.platform.OperatorOptions;
import dev.millrace.e2e.platform.OperatorProcess;
import dev.millrace.e2e.platform.PlatformExtension;
import dev.millrace.local.actor.cluster.ClusterActors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every row of bad input that a server lets pass, then the spec that its text tells to write
 * (reliability.md §5, A15): the status says exactly what is wrong, nothing moves meanwhile, and the
 * good spec is carried out with no manual step. Many at once, in some namespaces. {@code
 * -Dcampaign.rows} picks some, by the beginnings of their names, separated by commas.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadSpecRecoveryIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int AT_ONCE = 12;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final BlockingQueue<String> namespaces = new LinkedBlockingQueue<>();
  private QuickNeighbours neighbours;
  private OperatorProcess operator;
  private long begin;

  @AfterAll
  void close() {
    threads.shutdownNow();
    if (operator != null) {
      operator.close();
      neighbours.close();
      for (var actor : ClusterActors.Neighbour.values()) {
        PLATFORM.platform().actors().start(actor);
      }
    }
  }

  @TestFactory
  List<DynamicTest> aGoodSpecRecoversWithNoManualStep() {
    begin = System.nanoTime();
    start();
    var tests = new ArrayList<DynamicTest>();
    for (var sample : rows("planner")) {
      tests.add(test(sample, Patient::refusedByThePlanner));
    }
    for (var sample : rows("invalid")) {
      if (sample.before().stream().anyMatch(sample::isInForce)) {
        tests.add(test(sample, Patient::refusedByTheServer));
      }
    }
    int rows = tests.size();
    tests.add(DynamicTest.dynamicTest("figures", () -> figures(rows)));
    return tests;
  }

  private static List<Sample> rows(String folder) {
    var picked = List.of(System.getProperty("campaign.rows", "").split(","));
    return Sample.folder(folder).stream()
        .filter(sample -> picked.stream().anyMatch(sample.name()::startsWith))
        .toList();
  }

  private void start() {
    var platform = PLATFORM.platform();
    PLATFORM.stopOperator();
    for (var actor : ClusterActors.Neighbour.values()) {
      platform.actors().stop(actor);
    }
    neighbours = new QuickNeighbours(platform.client());
    operator = platform.startOperator(OperatorOptions.beside(neighbours.jobRest())).awaitReady();
    for (int namespace = 0; namespace < AT_ONCE; namespace++) {
      namespaces.add(platform.tenant());
    }
  }

  private DynamicTest test(Sample sample, Consumer<Patient> life) {
    var result = threads.submit(() -> inNamespace(sample, life), sample);
    return DynamicTest.dynamicTest(
        sample.name(),
        () -> {
          try {
            result.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }

  private void inNamespace(Sample sample, Consumer<Patient> life) {
    var namespace = namespaces.remove(); // there is one for each thread
    var client = PLATFORM.platform().client();
    var patient =
        new Patient(
            sample.in(namespace),
            new Kubectl(new Requests(client), namespace),
            new Subject(client, namespace));
    try {
      life.accept(patient);
    } finally {
      patient.leave();
      namespaces.add(namespace);
    }
  }

  private void figures(int rows) {
    assertThat(rows).as("rows that were tried").isPositive();
    System.out.printf(
        "A15: %d bad specs and then good ones in %d s%n",
        rows, (System.nanoTime() - begin) / 1_000_000_000);
  }
}
