package dev.millrace.flink.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.KafkaConnection;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestTopics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether partitions are consumed, asked of a real broker. */
@ExtendWith(JobStack.Extension.class)
class LogEndIT {
  @Test
  void knowsAPartitionThatEndsInTransactionMarkersAsConsumed(JobStack stack) throws Exception {
    try (var topics = TestTopics.create(stack, "log-end", 3);
        var end =
            new LogEnd(
                new KafkaConnection(stack.broker().bootstrapServers(), ""), topics.events(), 50)) {
      topics.send(0, 1, "{}");
      topics.send(1, 1, "{}");
      topics.send(1, 1, "{}");
      topics.flush();
      writeAndAbort(topics);
      assertThat(end.firstOffsets()).isEqualTo(Map.of(0, 0L, 1, 0L, 2, 0L));
      // The broker moves the end past a marker a moment after it has answered.
      await().untilAsserted(() -> assertThat(end.endOffsets().get(0)).isGreaterThan(1));
      end.start();

      // Partition 0 has aborted records and markers behind its one record, 1 one record unread.
      end.ask(Map.of(0, 1L, 1, 1L, 2, 0L));

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(end.consumed(0)).isNotNull();
                assertThat(end.consumed(2)).isNotNull();
              });
      assertThat(end.consumed(0).position()).isEqualTo(1);
      assertThat(end.consumed(1)).isNull();
      assertThat(end.partitions()).isEqualTo(3);
    }
  }

  private static void writeAndAbort(TestTopics topics) {
    try (var producer = topics.producer(Map.of("transactional.id", "log-end"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topics.events(), 0, 1L, null, new byte[] {1}));
      producer.flush();
      producer.abortTransaction();
    }
  }
}
