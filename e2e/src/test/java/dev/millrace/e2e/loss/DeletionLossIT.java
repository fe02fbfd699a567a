package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.ChartRelease;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.neighbour.Kinds;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Deletions and what comes after them (reliability.md §2, L1 to L3, L5, L18): without consent that
 * was seen in time the same records, volumes and credentials, with it exactly the pipeline's own
 * data goes. Keys and files need a real Redis and real jobs: the scenario {@code retain-and-delete}
 * counts them.
 */
class DeletionLossIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  private static final String DELETE = "\"Delete\"";

  @TestFactory
  List<DynamicTest> deletesOnlyWhatWasAskedForInTime() {
    CASES.add("L1 Retain: kept, and all of it is named", DeletionLossIT::retain);
    CASES.add("L1 Delete: its own data goes", DeletionLossIT::delete);
    CASES.add("L1 Delete: the topic of others stays", DeletionLossIT::foreignTopic);
    CASES.add("L1 Delete beside a replay: the data of both versions goes", this::bothVersions);
    CASES.add("L2 Delete and deletion in one go, a look being under way: kept", this::tooNew);
    CASES.add("L2 Delete with another change and deletion in one go: kept", this::changed);
    CASES.add("L2 Delete written after the deletion: kept", DeletionLossIT::afterwards);
    CASES.add("L2 Delete taken back right before the deletion: kept", this::takenBack);
    CASES.add("L3 the namespace goes with Delete: topics kept", DeletionLossIT::namespaceGoes);
    CASES.add("L5 created again: taken up again", DeletionLossIT::createdAgain);
    CASES.add("L5 created again after Delete: begins with nothing", DeletionLossIT::startedAnew);
    CASES.add("L18 suspended and deleted with Retain: kept", DeletionLossIT::suspended);
    CASES.add("L18 suspended and deleted with Delete: goes", DeletionLossIT::suspendedDelete);
    return CASES.tests();
  }

  private static void retain(LossCase loss) {
    var before = loss.create("Retain");

    loss.deleteAndWait();

    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().events("Retained")).hasSize(1);
    assertThat(loss.tenant().events("Retained").get(0)).contains(before.names());
  }

  private static void delete(LossCase loss) {
    loss.create("Delete");

    loss.deleteAndWait();

    loss.soon("the end of the volume").until(() -> loss.data().lines().isEmpty());
    assertThat(loss.tenant().events("Retained")).isEmpty();
  }

  private static void foreignTopic(LossCase loss) {
    loss.tenant()
        .create(
            Samples.longKept("Delete")
                .replaceAll(
                    "topic: \\{.*}",
                    "topic: {name: " + loss.namespace() + ".theirs, managed: false}"));
    loss.awaitRunning();
    loss.soon("the side topics").until(() -> loss.records().size() == 2);
    CASES.cluster().neighbours().putRecords(loss.namespace() + ".theirs", 7);

    loss.deleteAndWait();

    loss.soon("the end of the volume").until(() -> loss.data().lines().size() == 1);
    assertThat(loss.data().lines())
        .containsExactly("topic " + loss.namespace() + ".theirs: 7 records");
  }

  private void bothVersions(LossCase loss) {
    loss.create("Delete");
    CASES.cluster().neighbours().holdReplay(loss.namespace(), true);
    loss.patch(
        """
        [{"op": "add", "path": "/spec/version", "value": 2},
         {"op": "remove", "path": "/spec/entities/0/features/1"}]
        """);
    loss.until("replaying", object -> Conditions.reason(object, "Ready").equals("Replaying"));
    assertThat(loss.tenant().children(Kinds.FLINK)).hasSize(2);

    loss.deleteAndWait();

    loss.soon("the end of the volume").until(() -> loss.data().lines().isEmpty());
    assertThat(loss.tenant().children(Kinds.FLINK)).isEmpty();
  }

  private void tooNew(LossCase loss) {
    var before = loss.create("Retain");
    var look = loss.atNextStatus("featurepipelines", loss::delete);

    loss.set("/deletionPolicy", DELETE);
    loss.awaitGone();

    assertThat(look.strikes()).isOne();
    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().events("RetainedPolicyTooNew")).hasSize(1);
  }

  private void changed(LossCase loss) {
    var before = loss.create("Retain");
    var look =
        loss.atNextStatus(
            "featurepipelines",
            () -> {
              loss.set("/deletionPolicy", DELETE);
              loss.delete();
            });

    loss.set("/stream/parallelism", "2");
    loss.awaitGone();

    assertThat(look.strikes()).isOne();
    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().events("RetainedPolicyTooNew")).hasSize(1);
  }

  private static void afterwards(LossCase loss) {
    var before = loss.create("Retain");

    loss.delete();
    loss.set("/deletionPolicy", DELETE);
    loss.awaitGone();

    assertThat(loss.data()).isEqualTo(before);
  }

  private void takenBack(LossCase loss) {
    var before = loss.create("Delete");
    var look = loss.atNextStatus("featurepipelines", loss::delete);

    loss.set("/deletionPolicy", "\"Retain\"");
    loss.awaitGone();

    assertThat(look.strikes()).isOne();
    assertThat(loss.data()).isEqualTo(before);
  }

  private static void namespaceGoes(LossCase loss) {
    loss.create("Delete");
    var topics = loss.records();

    loss.tenant().deleteNamespace();
    loss.awaitGone();

    assertThat(loss.records()).isEqualTo(topics).hasSize(3);
    assertThat(CASES.cluster().tenant(ChartRelease.SYSTEM).events("Retained"))
        .anyMatch(message -> message.contains(loss.namespace()));
  }

  private static void createdAgain(LossCase loss) {
    var before = loss.create("Retain");
    loss.deleteAndWait();

    loss.create("Retain");

    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().events("Adopted")).hasSize(1);
    assertThat(loss.tenant().events("Adopted").get(0))
        .contains(before.objects().stream().map(line -> line.split(" ")[1]).toList());
  }

  private static void startedAnew(LossCase loss) {
    var before = loss.create("Delete");
    loss.deleteAndWait();
    loss.soon("the end of the volume").until(() -> loss.data().lines().isEmpty());

    var after = loss.create("Delete");

    assertThat(after.names()).isEqualTo(before.names());
    assertThat(after).isNotEqualTo(before);
    assertThat(loss.tenant().events("Adopted")).isEmpty();
  }

  private static void suspended(LossCase loss) {
    var before = loss.create("Retain");
    suspend(loss);
    assertThat(loss.data()).isEqualTo(before);

    loss.deleteAndWait();

    assertThat(loss.data()).isEqualTo(before);
  }

  private static void suspendedDelete(LossCase loss) {
    loss.create("Delete");
    suspend(loss);

    loss.deleteAndWait();

    loss.soon("the end of the volume").until(() -> loss.data().lines().isEmpty());
  }

  private static void suspend(LossCase loss) {
    loss.set("/suspend", "true");
    loss.until("suspended", object -> Conditions.isReady(object, "Suspended"));
  }
}
