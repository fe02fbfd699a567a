package dev.millrace.binding;

import static dev.millrace.binding.Definitions.feature;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.millrace.contract.Aggregation;
import dev.millrace.kernel.EventInputs;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int EVENTS = 10_000;

  /** Bytes for the measurement itself; an object per event would be 160 000. */
  private static final long SLACK = 4_096;

  @Test
  void evaluatesTheDirectPathWithoutAllocation() {
    var definition =
        Definitions.of(
            Schemas.everyType(),
            List.of(),
            feature("n", Aggregation.COUNT, "", "s == 'k' && !(l > 100) || m >= 0.5"),
            feature("sum", Aggregation.SUM, "m", "s in ['a', 'k'] && d < 2.0 && b"),
            feature("last", Aggregation.LAST, "s", ""),
            feature("mean", Aggregation.MEAN, "d", ""));
    var program = EntityProgram.compile(definition, "card", true);
    var event = new EventRecord(definition.schema());
    String json = "{\"s\":\"k\",\"l\":7,\"d\":1.5,\"b\":true,\"m\":3.25,\"id\":\"e\",\"ts\":60000}";
    assertThat(new JsonRecordDecoder(definition.schema()).decode(json.getBytes(UTF_8), event))
        .isNull();
    var inputs = new EventInputs(program.layout());
    var key = new StringBuilder();
    evaluate(program, event, inputs, key);
    assertThat(inputs.isSet(1)).isTrue();

    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    evaluate(program, event, inputs, key);
    assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(SLACK);
  }

  private static void evaluate(
      EntityProgram program, EventRecord event, EventInputs inputs, StringBuilder key) {
    for (int i = 0; i < EVENTS; i++) {
      key.setLength(0);
      program.appendKey(event, key);
      program.evaluate(event, inputs);
    }
  }
}
