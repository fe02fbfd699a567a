package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.neighbour.Json;
import dev.millrace.e2e.neighbour.Kinds;
import dev.millrace.e2e.proxy.Verb;
import dev.millrace.e2e.proxy.Window;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Changes of a pipeline that are carried out without a word (reliability.md §2, L11 to L18 and
 * L20): a next version replays beside the one in force, the others restart from a savepoint, and
 * nothing is lost.
 */
class SpecChangeLossIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  private static final String WINDOWS = "/entities/0/features/0/windows";
  private static final String COUNTRY =
      "{\"name\": \"country\", \"type\": \"String\", \"nullable\": true}";
  private static final String MORE_MEMORY = "{\"memory\": \"3Gi\"}";

  @TestFactory
  List<DynamicTest> losesNothing() {
    CASES.add("L11 other windows", loss -> keeps(loss, WINDOWS, "[\"5m\"]"));
    CASES.add("L12 a feature removed", loss -> keeps(loss, "/entities/0/features/1", ""));
    CASES.add("L13 maxParallelism", loss -> keeps(loss, "/stream/maxParallelism", "360"));
    CASES.add("L14 a nullable field added", loss -> keeps(loss, "/source/schema/-", COUNTRY));
    CASES.add("L15 the type of a field", loss -> keeps(loss, "/source/schema/2/type", "\"Long\""));
    CASES.add("L15 a field removed", loss -> keeps(loss, "/source/schema/2", ""));
    CASES.add("L16 another store, and back", SpecChangeLossIT::otherStore);
    CASES.add("L17 more memory: restarted from its savepoint", SpecChangeLossIT::restarted);
    CASES.add("L17 the savepoint fails: the old job runs on", SpecChangeLossIT::savepointFails);
    CASES.add("L18 suspended and resumed", SpecChangeLossIT::suspended);
    CASES.add("L20 less memory of the store", SpecChangeLossIT::smallerStore);
    return CASES.tests();
  }

  /** The next version replays beside the old one and takes over; nothing goes. */
  private static void keeps(LossCase loss, String path, String value) {
    var before = loss.create("Retain");

    loss.nextVersion(path, value);

    assertThat(loss.data()).isEqualTo(before);
  }

  private static void otherStore(LossCase loss) {
    var before = loss.create("Retain");
    var rules = policy(loss).getSpec().getEgress();
    var whenTheSecondStarts = new AtomicReference<NetworkPolicy>();
    loss.plan()
        .on(
            call ->
                call.verb() == Verb.PATCH
                    && call.path().namespace().equals(loss.namespace())
                    && call.name().equals(Samples.PIPELINE + "-v2"),
            Window.nth(1),
            exchange -> {
              whenTheSecondStarts.set(policy(loss));
              exchange.pass();
            });

    loss.nextVersion("/online", "{}");

    assertThat(whenTheSecondStarts.get().getSpec().getEgress())
        .as("both stores are reached")
        .containsAll(rules)
        .hasSizeGreaterThan(rules.size());
    assertThat(loss.data()).isEqualTo(before);

    loss.nextVersion("/online", "{\"managed\": {\"memory\": \"256Mi\", \"storage\": \"1Gi\"}}");

    assertThat(loss.data()).as("the volume of before").isEqualTo(before);
  }

  /** The network policy of the jobs. */
  private static NetworkPolicy policy(LossCase loss) {
    return loss.tenant()
        .client()
        .network()
        .v1()
        .networkPolicies()
        .inNamespace(loss.namespace())
        .withName(Samples.PIPELINE + "-stream")
        .get();
  }

  private static void restarted(LossCase loss) {
    var before = loss.create("Retain");

    loss.set("/stream/taskManager", MORE_MEMORY);

    loss.until("restarted from a savepoint", object -> runsFromASavepoint(loss, object));
    assertThat(loss.data()).isEqualTo(before);
  }

  private static boolean runsFromASavepoint(LossCase loss, JsonNode object) {
    return Conditions.isReady(object, "Running")
        && loss.tenant().children(Kinds.FLINK).size() == 1
        && object.at("/status/jobs/0/lastSavepoint").asText().startsWith("file:/savepoints/")
        && object.at("/status/definition/servedVersion").asInt() == 1;
  }

  private static void savepointFails(LossCase loss) {
    var before = loss.create("Retain");
    var job = jobId(loss);
    loss.cluster().neighbours().savepointsFail(loss.namespace(), true);

    loss.set("/stream/taskManager", MORE_MEMORY);

    loss.until(
        "told that the savepoint fails",
        object ->
            Conditions.is(object, "DefinitionInSync", "False", "SavepointFailed")
                && Conditions.message(object, "DefinitionInSync").contains("generation 1 runs on"));
    assertThat(jobId(loss)).as("the job").isEqualTo(job);
    assertThat(loss.data()).isEqualTo(before);

    loss.cluster().neighbours().savepointsFail(loss.namespace(), false);
    loss.until("restarted from a savepoint", object -> runsFromASavepoint(loss, object));
    assertThat(jobId(loss)).isNotEqualTo(job);
    assertThat(loss.data()).isEqualTo(before);
  }

  private static String jobId(LossCase loss) {
    var job = Json.tree(loss.tenant().children(Kinds.FLINK).get(0));
    return job.at("/status/jobStatus/jobId").asText();
  }

  private static void suspended(LossCase loss) {
    var before = loss.create("Retain");
    loss.set("/suspend", "true");
    loss.until("suspended", object -> Conditions.isReady(object, "Suspended"));
    assertThat(loss.data()).isEqualTo(before);

    loss.set("/suspend", "false");
    loss.until("resumed from its savepoint", object -> runsFromASavepoint(loss, object));
    assertThat(loss.data()).isEqualTo(before);
  }

  private static void smallerStore(LossCase loss) {
    var before = loss.create("Retain");
    loss.set("/online/managed/memory", "\"128Mi\"");
    loss.until("carried out", object -> Conditions.isReady(object));
    assertThat(loss.data()).isEqualTo(before);
  }
}
