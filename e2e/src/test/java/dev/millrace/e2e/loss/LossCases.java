package dev.millrace.e2e.loss;

import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.SideBySide;
import dev.millrace.e2e.fault.FaultSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Cases of one class: side by side on the shared cluster, a tenant each, with one operator behind
 * one proxy. Register it in a static field.
 */
final class LossCases implements BeforeAllCallback, AfterAllCallback {
  private static final int AT_ONCE = 8;

  /** Waits that also a busy machine keeps. */
  private static final OperatorOptions PATIENT =
      OperatorOptions.ALONE
          .with("savepointWaitSeconds", "20")
          .with("topicReleaseWaitSeconds", "20");

  private final QuickClusterExtension shared = QuickClusterExtension.shared();
  private final List<DynamicTest> tests = new ArrayList<>();
  private FaultSession operator;
  private SideBySide running;

  @Override
  public void beforeAll(ExtensionContext context) {
    shared.beforeAll(context);
    operator =
        new FaultSession(
            cluster().controlPlane().adminConfig(),
            address -> cluster().startOperator(PATIENT.behind(address)));
    operator.awaitReady();
    running = new SideBySide(AT_ONCE);
    tests.clear(); // of an earlier run of the same class
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (running != null) {
      running.close();
    }
    if (operator != null) {
      operator.close();
    }
    shared.afterAll(context);
  }

  /** Begins one, whose name begins with the row of reliability.md §2. */
  void add(String name, Consumer<LossCase> body) {
    var loss = next();
    tests.add(running.test(name, () -> body.accept(loss)));
  }

  /** One that needs the operator or the API server for itself: it begins when all others ended. */
  void addLast(String name, Consumer<LossCase> body) {
    var loss = next();
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () -> {
              running.awaitAll();
              body.accept(loss);
            }));
  }

  private LossCase next() {
    return new LossCase(cluster(), operator.plan(), cluster().tenant());
  }

  /** One whose pipeline runs and has all its data, for a test of its own. */
  LossCase running(String deletionPolicy) {
    var loss = next();
    loss.create(deletionPolicy);
    return loss;
  }

  List<DynamicTest> tests() {
    return tests;
  }

  FaultSession operator() {
    return operator;
  }

  QuickCluster cluster() {
    return shared.cluster();
  }
}
