package dev.millrace.local.preview;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.EventRecord;
import dev.millrace.binding.FeatureRow;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** The keys of one entity in a preview, fired in the order of their grid points. */
final class PreviewEntity {
  private final Entity entity;
  private final EntityProgram program;
  private final EventInputs inputs;
  private final FeatureRow row;
  private final Preview.Listener listener;
  private final Map<String, KeyState> states = new HashMap<>();
  private final PriorityQueue<Touch> touches = new PriorityQueue<>();
  private final StringBuilder keyText = new StringBuilder();
  private String key;
  private KeyState state;

  private record Touch(long time, String key) implements Comparable<Touch> {
    @Override
    public int compareTo(Touch other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : key.compareTo(other.key);
    }
  }

  PreviewEntity(Definition definition, Entity entity, Preview.Listener listener) {
    this.entity = entity;
    this.listener = listener;
    program = EntityProgram.compile(definition, entity.name(), true);
    inputs = new EventInputs(program.layout());
    row = new FeatureRow(program.columns());
  }

  /** Takes up an event; false if it has no key here. */
  boolean bind(EventRecord event) {
    keyText.setLength(0);
    if (!program.appendKey(event, keyText)) {
      return false;
    }
    key = keyText.toString();
    state = states.computeIfAbsent(key, absent -> new KeyState(program.layout()));
    program.evaluate(event, inputs);
    return true;
  }

  boolean admit() {
    return state.admit(inputs);
  }

  void add() {
    state.add(inputs);
    schedule(key, state);
  }

  /** Fires every key up to the clock. */
  void fire(long clock) {
    while (!touches.isEmpty() && touches.peek().time() <= clock) {
      Touch touch = touches.poll();
      KeyState touched = states.get(touch.key());
      if (touched == null || touched.nextTouch() != touch.time()) {
        continue; // another touch of the same key came first and moved it
      }
      if (touched.advance(touch.time())) {
        row.clear();
        program.read(touched, row);
        listener.row(entity, touch.key(), row);
      }
      if (touched.isEmpty()) {
        states.remove(touch.key());
      } else {
        schedule(touch.key(), touched);
      }
    }
  }

  private void schedule(String scheduledKey, KeyState scheduled) {
    long next = scheduled.nextTouch();
    if (next != Long.MAX_VALUE) {
      touches.add(new Touch(next, scheduledKey));
    }
  }
}
