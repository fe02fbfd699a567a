package dev.millrace.flink.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingWheelTest {
  private final TimingWheel wheel = new TimingWheel();
  private final List<String> fired = new ArrayList<>();

  @Test
  void firesInTheOrderOfGridPoints() throws Exception {
    wheel.schedule("b", 20);
    wheel.schedule("a", 10);
    wheel.schedule("c", 30);

    wheel.fire(20, (key, t) -> fired.add(key + t));

    assertThat(fired).containsExactly("a10", "b20");
  }

  @Test
  void firesAKeyOnceWhereItWasLastScheduled() throws Exception {
    wheel.schedule("a", 30);
    wheel.schedule("a", 10);
    wheel.fire(10, (key, t) -> reschedule(key, t, 30));
    wheel.fire(30, (key, t) -> fired.add(key + t));

    assertThat(fired).containsExactly("a10", "a30");
  }

  @Test
  void firesWhatIsScheduledWhileFiring() throws Exception {
    wheel.schedule("a", 10);
    wheel.fire(40, (key, t) -> reschedule(key, t, t < 40 ? t + 10 : Long.MAX_VALUE));

    assertThat(fired).containsExactly("a10", "a20", "a30", "a40");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void agreesWithAMapOfNextTimes() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    Map<String, Long> next = new HashMap<>();
    for (long now = 0; now < 2_000; now += random.nextInt(3)) {
      for (int i = random.nextInt(4); i > 0; i--) {
        String key = "k" + random.nextInt(20);
        long at = random.nextInt(10) == 0 ? Long.MAX_VALUE : now + 1 + random.nextInt(50);
        wheel.schedule(key, at);
        next.put(key, at);
      }
      long upTo = now;
      var expected = new ArrayList<String>();
      next.forEach((key, at) -> addIf(at <= upTo, expected, key + at));
      next.values().removeIf(at -> at <= upTo);
      fired.clear();
      wheel.fire(upTo, (key, t) -> fired.add(key + t));
      assertThat(fired).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static void addIf(boolean condition, List<String> list, String value) {
    if (condition) {
      list.add(value);
    }
  }

  private void reschedule(String key, long gridPoint, long next) {
    fired.add(key + gridPoint);
    wheel.schedule(key, next);
  }
}
