package dev.millrace.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.v1alpha1.FeaturePipeline;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobWatchTest {
  private static final ResourceID ONE = new ResourceID("one", "fraud");
  private static final ResourceID OTHER = new ResourceID("other", "fraud");

  private final Queue<ResourceID> woken = new ConcurrentLinkedQueue<>();
  private final JobWatch watch = new JobWatch(Duration.ofMillis(5));

  @BeforeEach
  void listen() {
    EventSource<?, FeaturePipeline> events = watch.events();
    events.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
    events.start();
  }

  @Test
  void wakesOnlyThePipelineWhoseJobsSaySomethingElse() {
    var asked = new AtomicInteger();
    watch.watch(ONE, () -> asked.incrementAndGet() < 0);
    watch.watch(OTHER, () -> true);

    await().until(() -> asked.get() > 3 && woken.size() > 3);
    assertThat(woken).containsOnly(OTHER);
  }

  @Test
  void goesOnWithTheNewestQuestionAfterOneThatFailed() {
    var asked = new AtomicInteger();
    watch.watch(
        ONE,
        () -> {
          asked.incrementAndGet();
          throw new IllegalStateException("on purpose");
        });
    await().until(() -> asked.get() > 1);
    assertThat(woken).isEmpty();

    watch.watch(ONE, () -> true);

    await().until(() -> woken.contains(ONE));
  }

  @Test
  void leavesAForgottenPipelineAlone() {
    var asked = new AtomicInteger();
    var clock = new AtomicInteger();
    watch.watch(ONE, () -> asked.incrementAndGet() < 0);
    watch.watch(OTHER, () -> clock.incrementAndGet() < 0);
    await().until(() -> asked.get() > 1);

    watch.forget(ONE);
    int now = clock.get();
    await().until(() -> clock.get() > now + 2);
    int settled = asked.get();
    int then = clock.get();
    await().until(() -> clock.get() > then + 5);

    assertThat(asked).hasValue(settled);
  }
}
