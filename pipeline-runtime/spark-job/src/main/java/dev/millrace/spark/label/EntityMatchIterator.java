package dev.millrace.spark.label;

import dev.millrace.contract.Attribution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * Matches by entity: walks rows (key, kind, time, id, value, anchor) sorted by key, then time,
 * where an anchor stands at t0 + gap and behind the label events of that instant. In memory are
 * only the anchors of one key whose window is open, and the newest.
 */
final class EntityMatchIterator implements Iterator<Row> {
  private static final int KEY = 0;
  private static final int KIND = 1;
  private static final int TIME = 2;
  private static final int VALUE = 4;
  private static final int ANCHOR = 5;

  private final LabelMatchFunction rule;
  private final Iterator<Row> sorted;

  /** Oldest first; the newest stays after its window: later label events tell their delay to it. */
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  private final ArrayDeque<Row> done = new ArrayDeque<>();
  private Object key;

  EntityMatchIterator(LabelMatchFunction rule, Iterator<Row> sorted) {
    this.rule = rule;
    this.sorted = sorted;
  }

  private static final class Waiting {
    final Row anchor;
    final long start;
    final List<Long> delays = new ArrayList<>();
    boolean matched;
    Object outcome;

    Waiting(Row anchor, long start) {
      this.anchor = anchor;
      this.start = start;
    }
  }

  @Override
  public boolean hasNext() {
    while (done.isEmpty() && sorted.hasNext()) {
      Row row = sorted.next();
      if (!Objects.equals(key, row.get(KEY))) {
        answerAll();
        key = row.get(KEY);
      }
      long time = row.getLong(TIME);
      if (row.getInt(KIND) == LabelMatchStage.LABEL) {
        close(time);
        label(time, row.get(VALUE));
      } else {
        waiting.addLast(new Waiting(row.getStruct(ANCHOR), time));
        close(time);
      }
    }
    if (done.isEmpty()) {
      answerAll();
    }
    return !done.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return done.removeFirst();
  }

  /** Answers for anchors that no label event from here on can match or tell its delay to. */
  private void close(long time) {
    while (waiting.size() > 1
        && (time - waiting.peekFirst().start > rule.windowMillis()
            || rule.attribution() == Attribution.LAST_TOUCH)) {
      answer(waiting.removeFirst());
    }
  }

  private void answerAll() {
    while (!waiting.isEmpty()) {
      answer(waiting.removeFirst());
    }
  }

  private void answer(Waiting each) {
    done.addLast(
        rule.answer(each.anchor, each.matched, each.outcome, each.delays.toArray(Long[]::new)));
  }

  private void label(long ts, Object value) {
    if (waiting.isEmpty()) {
      return; // no anchor before it
    }
    Waiting newest = waiting.peekLast();
    switch (rule.attribution()) {
      case LAST_TOUCH -> match(newest, ts, value);
      case FIRST_TOUCH -> match(waiting.peekFirst(), ts, value);
      case ALL_TOUCH -> {
        for (Waiting each : waiting) {
          if (each != newest && isOpen(each, ts)) {
            take(each, value);
          }
        }
        match(newest, ts, value);
      }
    }
  }

  /** The anchor that the label event belongs to, or would if it were not too late. */
  private void match(Waiting each, long ts, Object value) {
    each.delays.add(ts - (each.start - rule.gapMillis()));
    if (isOpen(each, ts)) {
      take(each, value);
    }
  }

  private boolean isOpen(Waiting each, long ts) {
    return ts - each.start <= rule.windowMillis();
  }

  private void take(Waiting each, Object value) {
    each.outcome = rule.outcome(each.matched, each.outcome, value);
    each.matched = true;
  }
}
