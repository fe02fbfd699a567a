package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.TestPlans;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.v1alpha1.FeaturePipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Ids of topics are kept as first seen, until a new version takes what is there. */
class TopicIdsTest {
  private static final TopicIds SEEN =
      new TopicIds(new TreeMap<>(Map.of("kafka/a", "1", "kafka/b", "2")));

  @Test
  void theFirstIdStays() {
    assertThat(SEEN.with(Map.of("kafka/a", "9", "kafka/b", "")).byTopic())
        .isEqualTo(SEEN.byTopic());
  }

  @Test
  void topicsThatAreNotManagedAnyMoreAreForgotten() {
    assertThat(SEEN.with(Map.of("kafka/a", "1", "kafka/c", "3", "kafka/d", "")).byTopic())
        .isEqualTo(Map.of("kafka/a", "1", "kafka/c", "3"));
  }

  @Test
  void anEditKeepsThemAndAHigherVersionForgetsThem() {
    Optional<RolloutMemory> memory =
        stored(look(Optional.empty(), 1, "1m").memory().map(known -> known.with(SEEN)));

    memory = stored(look(memory, 1, "2m").memory());
    assertThat(memory.orElseThrow().topicIds()).isEqualTo(SEEN);

    memory = stored(look(memory, 2, "2m").memory());
    assertThat(memory.orElseThrow().topicIds()).isEqualTo(TopicIds.NONE);
  }

  private static Optional<RolloutMemory> stored(Optional<RolloutMemory> memory) {
    return RolloutMemory.parse(memory.orElseThrow().data());
  }

  private static Rollout look(Optional<RolloutMemory> memory, int version, String freshness) {
    return Rollout.decide(
        pipeline(version, freshness),
        memory,
        OptionalInt.empty(),
        new References(TestCatalogue.connections(), List.of(), List.of(), TestCatalogue.NOW),
        OperatorConfig.DEFAULT);
  }

  private static FeaturePipeline pipeline(int version, String freshness) {
    String more = "  version: %d\n  freshness: {target: %s}\n".formatted(version, freshness);
    return TestPlans.pipeline(TestPlans.CARD_FRAUD + more);
  }
}
