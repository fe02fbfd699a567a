package dev.millrace.local.stack;

import dev.millrace.contract.EventSchema;
import dev.millrace.kernel.Windows;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.replay.Injection;
import dev.millrace.local.replay.RecordedFile;
import dev.millrace.local.replay.Recording;
import dev.millrace.local.replay.Replay;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import dev.millrace.operator.plan.SurrogatePlan;
import dev.millrace.operator.plan.TopicPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Replays a recording through a running stack and waits until the job has taken all of it. */
public final class Replayed {
  private static final Duration STALL = Duration.ofSeconds(180);

  private final RunningStack stack;
  private final PlannedPipeline pipeline;
  private final Terminal terminal;
  private final Replay replay;
  private long startNanos;

  public Replayed(RunningStack stack, PlannedPipeline pipeline, Terminal terminal) {
    this.stack = stack;
    this.pipeline = pipeline;
    this.terminal = terminal;
    replay = new Replay(stack.state().bootstrapServers());
  }

  /**
   * How a replay went.
   *
   * @param records records sent to the pipeline's topic
   * @param nanos from the first record sent to the checkpoint that covers the last
   * @param newestEventMillis newest event time sent, epoch milliseconds
   * @param last the look that saw it
   */
  public record Outcome(
      long records, long nanos, long newestEventMillis, PipelineProgress.Snapshot last) {
    public double recordsPerSecond() {
      return records / (nanos / 1e9);
    }
  }

  /**
   * Sends the recording, disturbed, and waits.
   *
   * @param folder folder of the recording's files
   */
  public Outcome run(Recording recording, Path folder, Injection injection, OnlineReader online)
      throws Exception {
    List<RecordedFile> files = open(recording, folder);
    startNanos = System.nanoTime();
    try {
      replay.run(files, pipeline.plan().topic().kafkaName(), injection);
    } finally {
      for (RecordedFile file : files) {
        file.close();
      }
    }
    return await(new PipelineProgress(pipeline.document(), online));
  }

  private Outcome await(PipelineProgress progress) throws IOException, InterruptedException {
    var sent = replay.progress(pipeline.plan().topic().kafkaName());
    long clock =
        Windows.floorTo(
            sent.slowestPartitionMillis()
                - pipeline.plan().definition().schema().maxOutOfOrdernessMillis(),
            pipeline.plan().definition().slideMillis());
    PipelineProgress.Snapshot seen = progress.read();
    long changedNanos = System.nanoTime();
    while (!seen.covers(sent.records(), clock)) {
      stack.check();
      terminal.progress(line(seen, sent.records()));
      if (System.nanoTime() - changedNanos > STALL.toNanos()) {
        throw new LocalFailure(
            "the job has made no progress for "
                + STALL.toSeconds()
                + " s: "
                + line(seen, sent.records())
                + "; see the logs in "
                + stack.data().resolve("logs"));
      }
      Thread.sleep(100);
      PipelineProgress.Snapshot next = progress.read();
      changedNanos = next.equals(seen) ? changedNanos : System.nanoTime();
      seen = next;
    }
    return new Outcome(sent.records(), System.nanoTime() - startNanos, sent.newestMillis(), seen);
  }

  private String line(PipelineProgress.Snapshot seen, long sent) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    long in = seen.accounting().in();
    return String.format(
        Locale.ROOT,
        "replay %s of %s events · %,.0f/s · %s",
        Text.count(in),
        Text.count(sent),
        in / seconds,
        seen.text());
  }

  private List<RecordedFile> open(Recording recording, Path folder) {
    var files = new ArrayList<RecordedFile>();
    for (Recording.Source source : recording.sources()) {
      files.add(open(source, folder.resolve(source.file())));
    }
    return files;
  }

  private RecordedFile open(Recording.Source source, Path file) {
    for (PlannedPipeline planned : stack.planning().pipelines()) {
      if (planned.plan().topic().name().equals(source.topic())) {
        return open(source, file, planned.plan().topic(), planned.plan().definition().schema());
      }
    }
    for (PlannedLabelWindow planned : stack.planning().labelWindows()) {
      if (planned.plan().topic().name().equals(source.topic())) {
        return open(source, file, planned.plan().topic(), planned.plan().label().schema());
      }
      for (SurrogatePlan surrogate : planned.plan().surrogates().values()) {
        if (surrogate.topic().name().equals(source.topic())) {
          return open(source, file, surrogate.topic(), surrogate.outcome().schema());
        }
      }
    }
    throw new LocalFailure(
        source.file() + " goes to the topic " + source.topic() + ", which no resource reads");
  }

  private static RecordedFile open(
      Recording.Source source, Path file, TopicPlan topic, EventSchema schema) {
    return RecordedFile.open(file, topic.kafkaName(), schema, source.key(), source.time());
  }
}
