package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.feature;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.KafkaConnection;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.Reason;
import dev.millrace.contract.StreamWiring;
import dev.millrace.flink.stack.Certificates;
import dev.millrace.flink.stack.EmbeddedBroker;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kafka over TLS with a client certificate: the whole job, and who is not let in. */
@ExtendWith(JobStack.Extension.class)
class KafkaTlsIT {
  private static final long MINUTE = 60_000;

  @TempDir Path folder;

  @Test
  void runsOverTlsAndTalksToNobodyElse(JobStack stack) throws Exception {
    Certificates certificates = Certificates.in(folder, "ip:127.0.0.1");
    String secret = certificates.secret("secret", true).toString();
    try (var broker = EmbeddedBroker.startWithTls(certificates);
        var run = JobRun.create(stack, broker, "tls", definition(), 1)) {
      int port = broker.tlsPort();
      run.rewire(wiring(run, new KafkaConnection("127.0.0.1:" + port, secret)));
      run.topics().send(0, 10 * MINUTE, "{\"id\":1,\"ts\":600000,\"name\":\"anna\"}");
      run.topics().send(0, 10 * MINUTE, "{");
      run.topics().flush();
      run.start(1);

      ProgressFile progress = run.awaitConsumed();
      run.stop();

      assertThat(progress.accounting().accepted()).isEqualTo(1);
      assertThat(run.topics().read(run.topics().dead())).hasSize(1);
      assertRefused(run, "localhost:" + port, secret, "refuses the connection");
      String nobody = certificates.secret("nobody", false).toString();
      assertRefused(run, "127.0.0.1:" + port, nobody, "refuses the connection");
      Path other = Files.createDirectory(folder.resolve("other"));
      String stranger = Certificates.in(other, "ip:127.0.0.1").secret("secret", true).toString();
      assertRefused(run, "127.0.0.1:" + port, stranger, "refuses the connection");
      assertRefused(run, broker.bootstrapServers(), secret, "Kafka at 127.0.0.1");
    }
  }

  /** A version that is not registered does not start without Kafka's answer. */
  private static void assertRefused(JobRun run, String servers, String secret, String text) {
    var next = run.nextVersion(definition());
    next.rewire(wiring(next, new KafkaConnection(servers, secret)));
    assertThatThrownBy(() -> next.start(1))
        .isInstanceOfSatisfying(
            MillraceFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.SOURCE_UNREACHABLE);
              assertThat(failure).hasMessageContaining(text);
            });
    assertThat(run.offline().versions().versions()).containsOnlyKeys(1);
  }

  private static StreamWiring wiring(JobRun run, KafkaConnection kafka) {
    return TestDefinitions.withKafka(run.document().wiring(), kafka);
  }

  private static Definition definition() {
    return TestDefinitions.definition(
        MINUTE,
        TestDefinitions.schema(
            MINUTE,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("name", ColumnType.STRING)),
        5 * MINUTE,
        60 * MINUTE,
        entity("person", "name", feature("n", Aggregation.COUNT, "", "5m")));
  }
}
