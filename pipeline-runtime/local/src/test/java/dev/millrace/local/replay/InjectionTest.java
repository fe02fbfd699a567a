package dev.millrace.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Injected disorder loses nothing, copies what it says, and depends on the seed alone. */
class InjectionTest {
  @Property(tries = 50)
  void sendsEveryEventOnceAndEveryCopyOnceMore(@ForAll @LongRange(min = 0) long seed) {
    var injection = new Injection(0.1, 0.05, 60_000, seed);
    List<RecordedEvent> sent = pass(injection, 2_000);
    Map<Long, Integer> times = new HashMap<>();
    sent.forEach(event -> times.merge(event.sendMillis(), 1, Integer::sum));
    assertThat(times).hasSize(2_000);
    assertThat(sent).hasSize(2_000 + (int) injection.copies());
    assertThat(injection.copies()).isPositive();
    assertThat(injection.lateEvents()).isPositive();
    assertThat(sent).isEqualTo(pass(new Injection(0.1, 0.05, 60_000, seed), 2_000));
  }

  @Property(tries = 20)
  void holdsNothingBackLongerThanItSays(@ForAll @LongRange(min = 0) long seed) {
    long newest = 0;
    for (RecordedEvent event : pass(new Injection(0.3, 0.3, 5_000, seed), 1_000)) {
      // 100 ms pass between two events, so the release comes at most that much after its time.
      assertThat(newest - event.sendMillis()).isLessThanOrEqualTo(5_100);
      newest = Math.max(newest, event.sendMillis());
    }
  }

  private static List<RecordedEvent> pass(Injection injection, int events) {
    var sent = new ArrayList<RecordedEvent>();
    for (int i = 0; i < events; i++) {
      sent.addAll(injection.pass(new RecordedEvent("t", null, EMPTY, i * 100L, i * 100L)));
    }
    sent.addAll(injection.rest());
    return sent;
  }

  private static final byte[] EMPTY = new byte[0];
}
