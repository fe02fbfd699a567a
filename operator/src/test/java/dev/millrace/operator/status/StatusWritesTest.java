package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.JobFigures;
import dev.millrace.operator.observe.RunObservation;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusWritesTest {
  private static final ObjectMapper SERVER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  @Test
  void atRestNothingIsWritten() throws Exception {
    FeaturePipelineStatus stored = Scene.running().after(null);

    assertThat(worth(stored, Scene.running().after(stored), 3600)).isFalse();
    FeaturePipelineStatus read =
        SERVER.readValue(SERVER.writeValueAsString(stored), FeaturePipelineStatus.class);
    assertThat(worth(read, Scene.running().after(read), 3600)).as("read from a server").isFalse();
  }

  @Test
  void figuresAloneWaitTenMinutes() {
    FeaturePipelineStatus stored = Scene.running().after(null);
    FeaturePipelineStatus next = moved().after(stored);

    assertThat(next.getJobs().get(0).getAccounting().getIn()).isEqualTo(101);
    assertThat(worth(stored, next, 599)).isFalse();
    assertThat(worth(stored, next, 600)).isTrue();
  }

  @Test
  void aConditionOrChildIsWrittenAtOnce() {
    FeaturePipelineStatus stored = Scene.running().after(null);
    Scene broken = Scene.running();
    broken.child(Scene.EVENTS, new Progressing(Reason.TOPIC_NOT_READY, "no"));

    assertThat(worth(stored, broken.after(stored), 1)).isTrue();
    assertThat(worth(stored, Scene.running().without(Scene.POLICY).after(stored), 1)).isTrue();
    assertThat(worth(null, stored, 1)).isTrue();
  }

  @Test
  void theSameOfALabelWindow() {
    var scene = new LabelWindowScene();
    var stored = scene.after(null);
    var again = scene.after(stored);

    assertThat(StatusWrites.worthWriting(stored, again, Instant.EPOCH, Scene.NOW)).isFalse();
    scene.runs = new RunObservation(Optional.of(LabelWindowScene.published()), Optional.empty());
    assertThat(StatusWrites.worthWriting(stored, scene.after(stored), Scene.NOW, Scene.NOW))
        .isTrue();
  }

  private static boolean worth(
      FeaturePipelineStatus previous, FeaturePipelineStatus next, long secondsSince) {
    return StatusWrites.worthWriting(
        previous, next, Scene.NOW.minusSeconds(secondsSince), Scene.NOW);
  }

  private static Scene moved() {
    Scene scene = Scene.running();
    var report =
        JobReport.of(3)
            .withClock(Scene.millis(0), Scene.millis(90_000), 3, Scene.millis(0))
            .withCheckpoint(10, new Accounting(101, 98, 2, 1, 0, 0, 181, 181), false);
    return scene.job(
        scene
            .job(3)
            .with(
                new JobFigures(
                    Scene.ID, Optional.of(report), Optional.of(Scene.NOW), 0, Optional.empty())));
  }
}
