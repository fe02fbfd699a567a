package dev.millrace.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Argo CD and kstatus say the same of every status that the operator may write: generations may
 * differ, but conditions carry the status's own, and of Reconciling and Stalled at most one is
 * there, and one of them whenever Ready is not True (reliability.md §4.4).
 */
class AgreementTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STATUSES = 5_000;
  private static final List<String> FURTHER =
      List.of("SpecValid", "TopicsReady", "Checkpointing", "Fresh", "LabelsFlowing", "DataQuality");

  @Test
  void agreesOverGeneratedStatuses() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("AgreementTest seed " + seed);
    var random = new Random(seed);
    var seen = new EnumMap<HealthStatus, Integer>(HealthStatus.class);
    for (int index = 0; index < STATUSES; index++) {
      var object = object(random);
      var health = ArgoHealth.of(object);
      assertThat(Agreement.between(health, Kstatus.of(object)))
          .as("seed %d, status %d: %s", seed, index, object)
          .isTrue();
      if (generation(object) != observed(object)) {
        assertThat(health.status())
            .as("never green on another generation")
            .isNotEqualTo(HealthStatus.HEALTHY);
      }
      seen.merge(health.status(), 1, Integer::sum);
    }
    assertThat(seen)
        .containsOnlyKeys(HealthStatus.HEALTHY, HealthStatus.PROGRESSING, HealthStatus.DEGRADED);
  }

  @Test
  void seesADisagreement() {
    var failed = new Kstatus.Result(Kstatus.Status.FAILED, "");
    assertThat(Agreement.between(new Health(HealthStatus.HEALTHY, ""), failed)).isFalse();
    assertThat(Agreement.between(new Health(HealthStatus.SUSPENDED, ""), failed)).isFalse();
  }

  private static JsonNode object(Random random) {
    var object = JSON.createObjectNode();
    object.put("kind", random.nextBoolean() ? "FeaturePipeline" : "LabelWindow");
    long generation = 1 + random.nextInt(4);
    var metadata = object.putObject("metadata").put("generation", generation);
    if (random.nextInt(8) == 0) {
      metadata.put("deletionTimestamp", "2026-11-23T09:00:00Z");
    }
    long observed =
        switch (random.nextInt(5)) {
          case 0 -> -1;
          case 1 -> generation - 1;
          case 2 -> generation + 1;
          default -> generation;
        };
    conditions(random, object.putObject("status").put("observedGeneration", observed), observed);
    return object;
  }

  private static void conditions(Random random, ObjectNode status, long observed) {
    var ready = word(random);
    add(random, status, "Ready", ready, observed);
    for (var type : FURTHER) {
      if (random.nextInt(4) > 0) {
        add(random, status, type, word(random), observed);
      }
    }
    boolean stalled = random.nextBoolean();
    if (!ready.equals("True")) {
      add(random, status, stalled ? "Stalled" : "Reconciling", "True", observed);
    } else if (random.nextInt(4) == 0) {
      // A dependency is away: Reconciling, while what runs stays Ready.
      add(random, status, "Reconciling", "True", observed);
    }
  }

  private static void add(
      Random random, ObjectNode status, String type, String word, long observed) {
    var reason = type.equals("Ready") && random.nextInt(4) == 0 ? "Suspended" : "Reason";
    status
        .withArray("conditions")
        .addObject()
        .put("type", type)
        .put("status", word)
        .put("observedGeneration", observed)
        .put("reason", reason)
        .put("message", random.nextBoolean() ? "" : "message " + random.nextInt(100));
  }

  private static String word(Random random) {
    return List.of("True", "True", "False", "Unknown").get(random.nextInt(4));
  }

  private static long generation(JsonNode object) {
    return object.at("/metadata/generation").longValue();
  }

  private static long observed(JsonNode object) {
    return object.at("/status/observedGeneration").longValue();
  }
}
