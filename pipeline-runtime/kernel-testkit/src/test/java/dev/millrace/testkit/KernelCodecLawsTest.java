package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Laws of a key's bytes: a state restored from a flush continues exactly like the one flushed. */
class KernelCodecLawsTest {
  private static final int SEEDS = 60;
  private static final long SLIDE = History.SLIDE;

  @Test
  void aRestoredStateContinuesExactlyAlikeFromEveryStep() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      KernelKey original = history.newKey();
      var body = new MapBodyStore();
      List<OracleEvent> events = history.events();
      for (int i = 0; i < events.size(); i++) {
        OracleEvent event = events.get(i);
        History.fireUpTo(
            original, History.lowestVisibility(events.subList(i, events.size())) - SLIDE);
        original.add(event);
        byte[] head = original.state().flush(body);
        assertThat(original.state().isDirty()).isFalse();
        MapBodyStore stored = body.copy();
        KernelKey twin = history.newKey();
        twin.restore(head, stored);
        assertThat(twin.state().nextTouch()).isEqualTo(original.state().nextTouch());
        assertThat(twin.state().asOf()).isEqualTo(original.state().asOf());
        assertThat(twin.state().isDirty()).isFalse();
        assertThat(twin.row()).as("seed %d", seed).isEqualTo(original.row());
        if (i % 2 == 0) {
          original = twin;
          body = stored;
        }
      }
      KernelKey twin = history.newKey();
      twin.restore(original.state().flush(body), body.copy());
      assertThat(History.remainingRows(twin))
          .as("seed %d", seed)
          .isEqualTo(History.remainingRows(original));
    }
  }

  /** Exactly once: what was done after the checkpoint is done again and gives the same rows. */
  @Test
  void aReplayAfterACrashFiresTheSameRows() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      List<OracleEvent> events = history.events();
      int checkpoint = events.size() / 3;
      KernelKey first = history.newKey();
      var body = new MapBodyStore();
      TreeMap<Long, List<Object>> before = History.run(first, events, 0, checkpoint);
      byte[] head = first.state().flush(body);
      MapBodyStore atCheckpoint = body.copy();
      TreeMap<Long, List<Object>> after = History.run(first, events, checkpoint, events.size());
      first.state().flush(body);
      after.putAll(History.remainingRows(first));

      KernelKey second = history.newKey();
      second.restore(head, atCheckpoint);
      TreeMap<Long, List<Object>> again = History.run(second, events, checkpoint, events.size());
      again.putAll(History.remainingRows(second));
      assertThat(again).as("seed %d", seed).isEqualTo(after);
      assertThat(before.keySet()).doesNotContainAnyElementsOf(new TreeSet<>(after.keySet()));
    }
  }

  @Test
  void aHeadOfAnUnknownCodecIsRefused() {
    History history = History.of(1);
    KernelKey key = history.newKey();
    key.add(history.events().get(0));
    var body = new MapBodyStore();
    byte[] head = key.state().flush(body);
    head[0] = 111;

    assertThatThrownBy(() -> key.restore(head, body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("111");
  }
}
