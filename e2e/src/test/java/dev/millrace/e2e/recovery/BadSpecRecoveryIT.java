package dev.millrace.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.SideBySide;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.e2e.crd.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
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
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static final int AT_ONCE = 20;

  private final SideBySide cases = new SideBySide(AT_ONCE);
  private final BlockingQueue<Tenant> tenants = new LinkedBlockingQueue<>();
  private OperatorProcess operator;
  private long begin;

  @AfterAll
  void close() {
    cases.close();
    if (operator != null) {
      operator.close();
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
    operator = QUICK.cluster().startOperator(OperatorOptions.ALONE).awaitReady();
    for (int tenant = 0; tenant < AT_ONCE; tenant++) {
      tenants.add(QUICK.cluster().tenant());
    }
  }

  private DynamicTest test(Sample sample, Consumer<Patient> life) {
    return cases.test(sample.name(), () -> inNamespace(sample, life));
  }

  private void inNamespace(Sample sample, Consumer<Patient> life) {
    var tenant = tenants.remove(); // there is one for each thread
    var patient = new Patient(sample.in(tenant.namespace()), tenant);
    try {
      life.accept(patient);
    } finally {
      patient.leave();
      tenants.add(tenant);
    }
  }

  private void figures(int rows) {
    assertThat(rows).as("rows that were tried").isPositive();
    System.out.printf(
        "A15: %d bad specs and then good ones in %d s%n",
        rows, (System.nanoTime() - begin) / 1_000_000_000);
  }
}
