package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.parity.ParityFixture;
import org.junit.jupiter.api.Test;

/** The shipped parity fixtures through the kernel alone: the same rows, bit by bit. */
class ParityThroughKernelTest {
  @Test
  void firesTheRowsOfEveryFixture() {
    for (String name : ParityFixture.NAMES) {
      ParityFixture fixture = ParityFixture.load(name);
      var job = new KernelJob(fixture.rules(), fixture.inputs(), fixture.columns(), 2, 1, 0.2);
      job.run(fixture.log(), new NaiveLog(fixture.rules()));
      assertThat(job.rows).as(name).isEqualTo(fixture.rows());
    }
  }
}
