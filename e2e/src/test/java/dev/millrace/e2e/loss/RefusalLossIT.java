package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.neighbour.Kinds;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Changes of a pipeline that are refused, by the API server or by the planner (reliability.md §2,
 * L7 to L16 and L20): the same records, volumes and credentials as before.
 */
class RefusalLossIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  @TestFactory
  List<DynamicTest> refusesWithoutALoss() {
    for (var change : rejected()) {
      CASES.add(change.name(), loss -> loss.isRejected(change.path(), change.value()));
    }
    for (var change : refused()) {
      CASES.add(change.name(), loss -> loss.refuses(change.path(), change.value(), change.text()));
    }
    CASES.add("L11 the version lowered", RefusalLossIT::versionLowered);
    CASES.add("L10 shorter than a LabelWindow needs: refused", RefusalLossIT::archive);
    CASES.add("L12 the column of a LabelWindow removed: refused", RefusalLossIT::columnInUse);
    return CASES.tests();
  }

  /**
   * @param value of the member; empty takes it away
   * @param text in the refusal
   */
  private record Change(String name, String path, String value, String text) {}

  /** By the API server, which needs no text of ours. */
  private static List<Change> rejected() {
    return List.of(
        new Change("L7 other partitions", "/source/topic/partitions", "4", ""),
        new Change("L8 another topic", "/source/topic/name", "\"other\"", ""),
        new Change("L8 managed flipped", "/source/topic/managed", "false", ""),
        new Change("L13 maxParallelism without version", "/stream/maxParallelism", "360", ""),
        new Change("L20 a smaller volume", "/online/managed/storage", "\"512Mi\"", ""));
  }

  private static List<Change> refused() {
    var version = "set version: 2";
    return List.of(
        new Change(
            "L9 a topic shorter than a replay needs",
            "/source/topic/retention",
            "\"1d\"",
            "spec.source.topic.retention"),
        new Change(
            "L11 other windows without version",
            "/entities/0/features/0/windows",
            "[\"5m\"]",
            version),
        new Change("L12 a feature removed without version", "/entities/0/features/1", "", version),
        new Change(
            "L14 a field added without version",
            "/source/schema/-",
            "{\"name\": \"country\", \"type\": \"String\", \"nullable\": true}",
            version),
        new Change(
            "L15 the type of a field changed without version",
            "/source/schema/2/type",
            "\"Long\"",
            version),
        new Change("L15 a field removed without version", "/source/schema/2", "", version),
        new Change("L16 another store without version", "/online", "{}", version));
  }

  private static void versionLowered(LossCase loss) {
    var before = loss.create("Retain");
    loss.nextVersion("/entities/0/features/1", "");

    assertThatThrownBy(() -> loss.set("/version", "1"))
        .hasMessageContaining("cannot go back from 2 to 1");

    assertThat(loss.data()).isEqualTo(before);
  }

  private static void archive(LossCase loss) {
    var before = loss.create("Retain");
    loss.tenant().create(Samples.window("Retain"));
    loss.tenant().awaitReady(Kinds.WINDOW, Samples.WINDOW, "Scheduled");
    var withLabels = loss.data();

    loss.set("/offline/retention", "\"2d\"");

    assertThat(loss.refusal())
        .contains("spec.offline.retention")
        .contains("needed by LabelWindow " + loss.namespace() + "/" + Samples.WINDOW);
    assertThat(loss.data()).isEqualTo(withLabels);
    assertThat(withLabels.lines()).containsAll(before.lines());
  }

  private static void columnInUse(LossCase loss) {
    loss.create("Retain");
    loss.tenant()
        .create(
            Samples.window("Retain")
                + "  features:\n"
                + "  - {pipelineRef: {name: card-fraud}, include: [amount_sum_1h]}\n");
    loss.tenant().awaitReady(Kinds.WINDOW, Samples.WINDOW, "Scheduled");
    var before = loss.data();

    loss.patch(
        """
        [{"op": "add", "path": "/spec/version", "value": 2},
         {"op": "remove", "path": "/spec/entities/0/features/1"}]
        """);

    assertThat(loss.refusal())
        .contains(
            "LabelWindow %s/chargeback names column amount_sum_1h".formatted(loss.namespace()));
    assertThat(loss.data()).isEqualTo(before);
  }
}
