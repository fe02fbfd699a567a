package dev.millrace.local.actor;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Counts up without end; notes where it went on after each start. */
public final class CountingJob {
  private CountingJob() {}

  public static void main(String[] arguments) throws Exception {
    if (Files.readString(Path.of(arguments[0])).contains("refused")) {
      throw new IllegalArgumentException("MR/DefinitionRefused: not with me");
    }
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    var numbers =
        new DataGeneratorSource<>(
            n -> n, Long.MAX_VALUE, RateLimiterStrategy.perSecond(200), Types.LONG);
    // A location, not a path: paths below /tmp are those of the pod.
    String starts = arguments[1];
    environment
        .fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
        .setParallelism(1)
        .map(new NoteFirst(starts))
        .returns(Types.LONG)
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>());
    environment.execute("counting");
  }

  private static final class NoteFirst extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final String folder;
    private transient boolean noted;

    private NoteFirst(String folder) {
      this.folder = folder;
    }

    @Override
    public void open(OpenContext context) {
      noted = false;
    }

    @Override
    public Long map(Long number) throws Exception {
      if (!noted) {
        noted = true;
        Files.writeString(
            Files.createTempFile(Path.of(URI.create(folder)), "start", ""), number.toString());
      }
      return number;
    }
  }
}
