package dev.millrace.operator.observe;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Answers with random bytes in random places. */
class FlinkRestAnswersPropertyTest {
  @Property(tries = 2000)
  void neverThrows(@ForAll long seed) {
    var random = new Random(seed);
    byte[] body =
        FlinkRestAnswersTest.bytes(
                random.nextBoolean()
                    ? FlinkRestAnswersTest.CHECKPOINTS
                    : FlinkRestAnswersTest.EXCEPTIONS)
            .clone();
    for (int i = random.nextInt(20); i >= 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }

    assertThatCode(
            () -> {
              FlinkRestAnswers.figures("id", body, body, body, Instant.EPOCH);
              FlinkRestAnswers.jobId(body);
            })
        .doesNotThrowAnyException();
  }
}
