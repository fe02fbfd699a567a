package dev.millrace.operator.controller.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operator.telemetry.OperatorMetrics;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
  private static final PlannedEvent FAILURE =
      new PlannedEvent(
          PlannedEvent.Type.WARNING, "TopicNotReady", "KafkaTopic kafka/a-1", "not ready");

  private final SteppedClock clock = new SteppedClock();
  private final OperatorMetrics metrics = new OperatorMetrics("test");
  private EventServer server;
  private KubernetesClient client;
  private EventRecorder recorder;

  @BeforeEach
  void start() throws IOException {
    server = new EventServer();
    client = new KubernetesClientBuilder().withConfig(server.config()).build();
    recorder = new EventRecorder(client, metrics, clock);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aThousandFailuresInAnHourAreOneEvent() {
    for (int i = 0; i < 1000; i++) {
      recorder.record(pipeline(), List.of(FAILURE));
      clock.step(Duration.ofMillis(3600));
    }

    assertThat(server.events).hasSize(1);
    // The last repeats within a minute wait for the next one.
    assertThat(only().get("count").intValue()).isBetween(980, 1000);
    assertThat(server.methods).hasSizeLessThanOrEqualTo(61).containsOnly("POST", "PATCH");
    assertThat(only().get("firstTimestamp").textValue()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(only().get("lastTimestamp").textValue()).startsWith("2026-11-22T10:5");
  }

  @Test
  void anEventSaysWhoWhatAndAboutWhom() {
    recorder.record(pipeline(), List.of(FAILURE));

    ObjectNode event = only();
    assertThat(event.at("/metadata/name").textValue()).matches("card-fraud\\.[0-9a-f]{16}");
    assertThat(event.at("/metadata/namespace").textValue()).isEqualTo("fraud");
    assertThat(event.get("type").textValue()).isEqualTo("Warning");
    assertThat(event.get("reason").textValue()).isEqualTo("TopicNotReady");
    assertThat(event.get("message").textValue()).isEqualTo("not ready");
    assertThat(event.at("/source/component").textValue()).isEqualTo("millrace");
    assertThat(event.at("/involvedObject/kind").textValue()).isEqualTo("FeaturePipeline");
    assertThat(event.at("/involvedObject/uid").textValue()).isEqualTo("uid-1");
  }

  @Test
  void anotherObjectOrReasonIsAnotherEvent() {
    recorder.record(
        pipeline(),
        List.of(
            FAILURE,
            new PlannedEvent(
                PlannedEvent.Type.WARNING, "TopicNotReady", "KafkaTopic kafka/a-2", "not ready"),
            new PlannedEvent(
                PlannedEvent.Type.WARNING, "TopicConflict", "KafkaTopic kafka/a-1", "taken")));

    assertThat(server.events).hasSize(3);
  }

  @Test
  void goesOnWithTheCountOfAnEventFromBeforeItsStart() {
    recorder.record(pipeline(), List.of(FAILURE));
    only().put("count", 41);

    new EventRecorder(client, metrics, clock).record(pipeline(), List.of(FAILURE));

    assertThat(only().get("count").intValue()).isEqualTo(42);
    assertThat(server.methods).containsExactly("POST", "POST", "PATCH", "PATCH");
  }

  @Test
  void startsAnewWhenTheServerHasForgottenTheEvent() {
    recorder.record(pipeline(), List.of(FAILURE));
    server.events.clear();
    clock.step(Duration.ofHours(2));

    recorder.record(pipeline(), List.of(FAILURE));

    assertThat(only().get("count").intValue()).isEqualTo(1);
  }

  @Test
  void aRefusalIsCountedAndNotThrownAndTheNextAttemptWorks() {
    server.refuseWith = 403;
    recorder.record(pipeline(), List.of(FAILURE));
    recorder.record(pipeline(), List.of(FAILURE));
    assertThat(metrics.scrape()).contains("millrace_event_failures_total 2.0");

    server.refuseWith = 0;
    recorder.record(pipeline(), List.of(FAILURE));

    assertThat(server.events).hasSize(1);
  }

  @Test
  void aServerThatIsAwayDoesNotFailAReconcile() {
    server.close();

    recorder.record(pipeline(), List.of(FAILURE));

    assertThat(metrics.scrape()).contains("millrace_event_failures_total 1.0");
  }

  @Test
  void everyFieldTakenBackIsCountedByKind() {
    var event = EventTexts.fieldTakenBack("ConfigMap fraud/card-fraud-1", List.of());

    recorder.record(pipeline(), List.of(event));
    recorder.record(pipeline(), List.of(event));

    assertThat(metrics.scrape())
        .contains("millrace_field_taken_back_total{kind=\"ConfigMap\"} 2.0");
  }

  @Test
  void ofAGoingNamespaceTheEventIsAtTheOperator() {
    var operator =
        new ObjectReferenceBuilder()
            .withApiVersion("apps/v1")
            .withKind("Deployment")
            .withNamespace("millrace-system")
            .withName("millrace")
            .build();

    recorder.recordAt(operator, pipeline(), List.of(EventTexts.retained(List.of("topics"))));

    assertThat(only().at("/metadata/namespace").textValue()).isEqualTo("millrace-system");
    assertThat(only().at("/involvedObject/name").textValue()).isEqualTo("millrace");
    assertThat(only().at("/related/name").textValue()).isEqualTo("card-fraud");
  }

  private ObjectNode only() {
    assertThat(server.events).hasSize(1);
    return server.events.values().iterator().next();
  }

  private static FeaturePipeline pipeline() {
    var pipeline = new FeaturePipeline();
    pipeline.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("fraud")
            .withName("card-fraud")
            .withUid("uid-1")
            .build());
    return pipeline;
  }

  /** A clock that moves when told to. */
  private static final class SteppedClock extends Clock {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    void step(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
