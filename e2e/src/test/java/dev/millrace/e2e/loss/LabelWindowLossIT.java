package dev.millrace.e2e.loss;

import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.contract.RunReportText;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.ExtractRun;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.neighbour.Kinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * LabelWindows (reliability.md §2, L1, L2, L9, L19): their topics go only with consent that was
 * seen in time, and after a published run no change gives a data set a second meaning. Published
 * sets are files: the clean-up Job that deletes them is started with Delete alone, and the tests of
 * the extract's module count what it leaves.
 */
class LabelWindowLossIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  @TestFactory
  List<DynamicTest> keepsLabelsAndMeanings() {
    CASES.add("L1 LabelWindow with Retain: kept, and all of it is named", this::retain);
    CASES.add("L1 LabelWindow with Delete: its own topic goes", this::delete);
    CASES.add("L2 Delete and deletion in one go, a look being under way: kept", this::tooNew);
    CASES.add("L1 its pipeline goes with Delete: labels kept", this::pipelineGoes);
    CASES.add("L9 a shorter label topic before a run: refused", this::shorterTopic);
    CASES.add("L9 a shorter label topic after a run: refused", this::shorterTopicAfterARun);
    CASES.add("L19 another meaning before a run: carried out", this::beforeARun);
    meanings()
        .forEach(
            (member, value) ->
                CASES.add(
                    "L19 " + member + " after a run: refused",
                    loss -> otherMeaning(loss, member, value)));
    return CASES.tests();
  }

  /** A changed value for every member that has a part in what a row means. */
  private static Map<String, String> meanings() {
    var meanings = new LinkedHashMap<String, String>();
    meanings.put("/anchor/where", "\"amount > 1.0\"");
    meanings.put("/label/name", "\"is_fraudulent\"");
    meanings.put("/label/match", "{\"anchor\": \"card_id\", \"label\": \"tx_id\"}");
    meanings.put("/attributionWindow", "\"2d\"");
    meanings.put("/gap", "\"1h\"");
    meanings.put("/extract/servingDelay", "\"5m\"");
    return meanings;
  }

  /** The pipeline and its LabelWindow run; the data of both. */
  private static Data create(LossCase loss, String deletionPolicy) {
    loss.create("Delete");
    loss.tenant().create(Samples.window(deletionPolicy));
    loss.tenant().awaitReady(WINDOW, Samples.WINDOW, "Scheduled");
    loss.soon("the label topic").until(() -> loss.records().size() == 4);
    return loss.data();
  }

  /** One run has published rows. */
  private static void publish(LossCase loss) {
    var runs = new ExtractRun(loss.tenant().client(), loss.namespace());
    runs.start(Samples.WINDOW);
    runs.leaveMessage(
        Samples.WINDOW,
        RunReportText.of(
            new RunReport(
                RunReport.CODEC,
                "2026-01-02T00:00:00Z",
                RunOutcome.PUBLISHED,
                false,
                null,
                null,
                1,
                10,
                1,
                1,
                "s3a://features/x",
                "s3a://features/x/manifest.json",
                1L,
                null,
                null,
                null,
                List.of(),
                List.of())));
    loss.tenant()
        .until(
            WINDOW,
            Samples.WINDOW,
            "published",
            object -> Conditions.status(object, "LastRunSucceeded").equals("True"));
  }

  private static void set(LossCase loss, String path, String value) {
    loss.tenant()
        .patchList(
            WINDOW,
            Samples.WINDOW,
            "[{\"op\": \"add\", \"path\": \"/spec%s\", \"value\": %s}]".formatted(path, value));
  }

  private static String refusal(LossCase loss) {
    loss.tenant()
        .until(
            WINDOW,
            Samples.WINDOW,
            "refused",
            object -> Conditions.is(object, "SpecValid", "False"));
    return Conditions.message(loss.tenant().read(WINDOW, Samples.WINDOW), "SpecValid");
  }

  private void retain(LossCase loss) {
    var before = create(loss, "Retain");

    loss.tenant().deleteAndWait(WINDOW, Samples.WINDOW);

    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().events("Retained"))
        .singleElement()
        .asString()
        .contains("topic " + loss.namespace() + ".chargebacks", "training sets and labels below");
    assertThat(loss.tenant().children(Kinds.JOB)).as("clean-up").isEmpty();
  }

  private void delete(LossCase loss) {
    var before = create(loss, "Delete");
    var started = loss.count(call -> call.resource().equals("jobs") && call.writes());

    loss.tenant().deleteAndWait(WINDOW, Samples.WINDOW);

    assertThat(started.strikes()).as("the clean-up of the published sets").isPositive();
    assertThat(loss.data().lines())
        .hasSize(before.lines().size() - 1)
        .isSubsetOf(before.lines())
        .noneMatch(line -> line.contains("chargebacks"));
    assertThat(loss.tenant().events("Retained")).isEmpty();
  }

  private void tooNew(LossCase loss) {
    var before = create(loss, "Retain");
    var look =
        loss.atNextStatus("labelwindows", () -> loss.tenant().delete(WINDOW, Samples.WINDOW));

    set(loss, "/deletionPolicy", "\"Delete\"");
    loss.tenant().awaitGone(WINDOW, Samples.WINDOW);

    assertThat(look.strikes()).isOne();
    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().events("RetainedPolicyTooNew")).hasSize(1);
  }

  private void pipelineGoes(LossCase loss) {
    create(loss, "Retain");

    loss.deleteAndWait();

    loss.soon("the end of the volume").until(() -> loss.data().lines().size() == 1);
    assertThat(loss.data().lines())
        .singleElement()
        .asString()
        .contains(loss.namespace() + ".chargebacks");
  }

  private void shorterTopic(LossCase loss) {
    var before = create(loss, "Retain");

    set(loss, "/label/source/topic/retention", "\"30d\"");

    assertThat(refusal(loss))
        .contains("spec.label.source.topic.retention", "needs a new LabelWindow");
    assertThat(loss.data()).isEqualTo(before);
  }

  private void shorterTopicAfterARun(LossCase loss) {
    var before = create(loss, "Retain");
    publish(loss);

    set(loss, "/label/source/topic/retention", "\"30d\"");

    assertThat(refusal(loss)).contains("after 1 published runs; create a new LabelWindow");
    assertThat(loss.data()).isEqualTo(before);
  }

  private void beforeARun(LossCase loss) {
    var before = create(loss, "Retain");

    set(loss, "/attributionWindow", "\"2d\"");

    loss.tenant().awaitReady(WINDOW, Samples.WINDOW, "Scheduled");
    assertThat(loss.data()).isEqualTo(before);
  }

  private static void otherMeaning(LossCase loss, String member, String value) {
    var before = create(loss, "Retain");
    publish(loss);

    set(loss, member, value);

    assertThat(refusal(loss))
        .contains("spec" + member.replace('/', '.'))
        .contains("after 1 published runs; create a new LabelWindow");
    assertThat(loss.data()).isEqualTo(before);
  }
}
