package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.neighbour.Kinds;
import dev.millrace.local.controlplane.CrdFiles;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator is uninstalled and comes back (reliability.md §2, L4): whatever the policies say,
 * everything is still there and is taken up again.
 */
class UninstallLossIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  @TestFactory
  List<DynamicTest> findsEverythingAgain() {
    CASES.addLast("L4 the operator alone goes: a deletion waits for it", this::operatorGoes);
    CASES.addLast("L4 the definitions go with Delete: kept", this::definitionsGo);
    return CASES.tests();
  }

  /** Nobody is there to judge: the finalizer holds the resource until the next one judges it. */
  private void operatorGoes(LossCase loss) {
    var before = loss.create("Retain");
    CASES.operator().kill();

    loss.set("/deletionPolicy", "\"Delete\"");
    loss.delete();
    assertThat(loss.read().at("/metadata/deletionTimestamp").isTextual()).isTrue();
    assertThat(loss.data()).isEqualTo(before);

    CASES.operator().awaitReady();
    loss.awaitGone();
    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().events("RetainedPolicyTooNew")).hasSize(1);
  }

  /** The definitions go first, and every resource with them; later all of it comes back. */
  private void definitionsGo(LossCase loss) {
    loss.create("Delete");
    loss.tenant().create(Samples.window("Delete"));
    loss.tenant().awaitReady(Kinds.WINDOW, Samples.WINDOW, "Scheduled");
    var before = loss.data();
    try {
      ours().forEach(definition -> loss.cluster().client().resource(definition).delete());
      Awaitility.await("the end of the definitions")
          .atMost(Duration.ofSeconds(90))
          .until(() -> ours().isEmpty());
      assertThat(loss.data()).isEqualTo(before);
      CASES.operator().kill();
    } finally {
      CrdFiles.install(loss.cluster().client(), CrdFiles.ours());
    }
    CASES.operator().awaitReady();

    loss.tenant().create(Samples.longKept("Retain"));
    loss.tenant().create(Samples.window("Retain"));
    loss.awaitRunning();
    loss.tenant().awaitReady(Kinds.WINDOW, Samples.WINDOW, "Scheduled");

    assertThat(loss.data()).isEqualTo(before);
  }

  private static List<CustomResourceDefinition> ours() {
    return CASES
        .cluster()
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .list()
        .getItems()
        .stream()
        .filter(definition -> definition.getSpec().getGroup().equals("millrace.dev"))
        .toList();
  }
}
