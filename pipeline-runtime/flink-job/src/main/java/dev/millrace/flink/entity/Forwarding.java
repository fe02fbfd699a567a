package dev.millrace.flink.entity;

import dev.millrace.binding.EntityProgram;
import dev.millrace.contract.Definition;
import dev.millrace.flink.JobTags;
import dev.millrace.flink.type.KeyedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Hands accepted events to the entities after the one that judged them. */
final class Forwarding {
  /** Where forwarded events go. */
  interface Target {
    void collect(OutputTag<KeyedEvent> tag, StreamRecord<KeyedEvent> element);
  }

  private record Further(
      String name, EntityProgram program, OutputTag<KeyedEvent> tag, AtomicLong missing) {}

  private final List<Further> further = new ArrayList<>();
  private final StringBuilder keyText = new StringBuilder();
  private final Target target;

  Forwarding(Definition definition, int judge, JobTags tags, Target target) {
    this.target = target;
    for (int i = judge + 1; i < definition.entities().size(); i++) {
      String name = definition.entities().get(i).name();
      var program = EntityProgram.compile(definition, name, false);
      further.add(new Further(name, program, tags.events(i), new AtomicLong()));
    }
  }

  /** Sends the event to every further entity whose key is present; changes its key. */
  void forward(KeyedEvent keyed) {
    keyed.accepted = true;
    for (Further entity : further) {
      keyText.setLength(0);
      if (entity.program.appendKey(keyed.event, keyText)) {
        keyed.key = keyText.toString();
        target.collect(entity.tag, new StreamRecord<>(keyed));
      } else {
        entity.missing.lazySet(entity.missing.get() + 1);
      }
    }
  }

  /** Shows, per further entity, how many accepted events lacked its key. */
  void missingKeys(BiConsumer<String, AtomicLong> consumer) {
    further.forEach(entity -> consumer.accept(entity.name, entity.missing));
  }
}
