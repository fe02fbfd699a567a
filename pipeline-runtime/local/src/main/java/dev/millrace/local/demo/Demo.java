package dev.millrace.local.demo;

import dev.millrace.local.replay.Injection;
import dev.millrace.local.replay.Recording;
import dev.millrace.local.stack.ExtractJob;
import dev.millrace.local.stack.LocalStack;
import dev.millrace.local.stack.OnlineReader;
import dev.millrace.local.stack.PlannedLabelWindow;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.Replayed;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.verify.Findings;
import dev.millrace.local.verify.OnlineSample;
import dev.millrace.local.verify.Verifier;
import dev.millrace.operator.plan.Schedules;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The demo's script: replay a recording through a running stack, run the extract, and hold every
 * figure to another way of computing it.
 */
public final class Demo {
  private static final int CUSTOMERS = 3;
  private static final int LEAK_ANCHORS = 500;
  private static final int FIRST_ROWS = 3;

  private final LocalStack stack;
  private final Terminal terminal;
  private final DemoText text;
  private final DemoReport report;
  private final PlannedPipeline pipeline;
  private final PlannedLabelWindow window;

  /** A stack that runs one pipeline and one label window. */
  public Demo(LocalStack stack, Terminal terminal) {
    this.stack = stack;
    this.terminal = terminal;
    text = new DemoText(terminal);
    pipeline = stack.planning().onlyPipeline(null);
    report = new DemoReport(text, pipeline.document().definition(), CUSTOMERS);
    window = stack.planning().labelWindows().get(0);
  }

  /**
   * Runs the script.
   *
   * @param folder folder of the recording
   * @return whether every check held
   */
  public boolean run(Recording recording, Path folder, Injection injection) throws Exception {
    text.line(
        pipeline.plan().name()
            + " · "
            + recording.description()
            + " · "
            + (stack.isTemporary() ? "in a temporary folder" : "in " + stack.data())
            + " · "
            + stack.startTimes());
    try (var online = OnlineReader.connect(stack.state().redisPort())) {
      Replayed.Outcome replayed =
          new Replayed(stack, pipeline, terminal).run(recording, folder, injection, online);
      report.replay(replayed, injection);
      List<OnlineSample> samples = OnlineSample.fullest(online, pipeline.document(), CUSTOMERS);
      verify(replayed, samples);
    }
    return text.allHold();
  }

  private void verify(Replayed.Outcome replayed, List<OnlineSample> samples) throws Exception {
    Instant asOf =
        Schedules.next(window.plan().extract(), Instant.ofEpochMilli(replayed.newestEventMillis()))
            .orElseThrow();
    terminal.progress("extract as of " + asOf + ", and its checks");
    long start = System.nanoTime();
    var job =
        new ExtractJob(stack.cluster().cronJob(window.plan().name()), stack.cluster().kubelet());
    Findings findings =
        new Verifier(job, stack.data().resolve("verify"), stack::check)
            .run(asOf, LEAK_ANCHORS, FIRST_ROWS, samples);
    long sparkNanos = System.nanoTime() - start;
    report.online(samples, findings);
    report.labels(replayed.last().accounting(), findings);
    report.extract(findings, asOf, sparkNanos);
    report.proofs(replayed.last().accounting(), findings);
  }
}
