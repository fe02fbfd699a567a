package dev.millrace.spark.label;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * Matches by reference: walks rows (key, kind, time, id, value, anchor) sorted by all of the first
 * four. The label events of one reference are held in memory: they are the reports of one event.
 */
final class LabelMatchIterator implements Iterator<Row> {
  private static final int KEY = 0;
  private static final int KIND = 1;
  private static final int TIME = 2;
  private static final int VALUE = 4;
  private static final int ANCHOR = 5;

  private final LabelMatchFunction rule;
  private final Iterator<Row> sorted;
  private final List<Long> times = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private Object key;
  private Row next;

  LabelMatchIterator(LabelMatchFunction rule, Iterator<Row> sorted) {
    this.rule = rule;
    this.sorted = sorted;
  }

  @Override
  public boolean hasNext() {
    while (next == null && sorted.hasNext()) {
      Row row = sorted.next();
      if (!Objects.equals(key, row.get(KEY))) {
        key = row.get(KEY);
        times.clear();
        values.clear();
      }
      if (row.getInt(KIND) == LabelMatchStage.LABEL) {
        times.add(row.getLong(TIME));
        values.add(row.get(VALUE));
      } else {
        next = answer(row.getStruct(ANCHOR), row.getLong(TIME));
      }
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row result = next;
    next = null;
    return result;
  }

  private Row answer(Row anchor, long t0) {
    Object outcome = null;
    boolean matched = false;
    var delays = new ArrayList<Long>();
    for (int i = 0; i < times.size(); i++) {
      long ts = times.get(i);
      if (ts <= t0 + rule.gapMillis()) {
        continue;
      }
      delays.add(ts - t0);
      if (ts <= t0 + rule.gapMillis() + rule.windowMillis()) {
        outcome = rule.outcome(matched, outcome, values.get(i));
        matched = true;
      }
    }
    return rule.answer(anchor, matched, outcome, delays.toArray(Long[]::new));
  }
}
