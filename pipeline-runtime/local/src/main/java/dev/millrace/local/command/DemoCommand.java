package dev.millrace.local.command;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.Millrace;
import dev.millrace.local.demo.Demo;
import dev.millrace.local.process.Installation;
import dev.millrace.local.replay.Injection;
import dev.millrace.local.replay.Recording;
import dev.millrace.local.stack.LocalStack;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.StackOptions;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Real events to online features and to a leak-free training set, with every figure checked. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Replay a real recording through the whole path and check every figure.")
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "-f",
      paramLabel = "FOLDER",
      description = "Folder with resources and a recording; default: examples/online-retail.")
  private Path folder;

  @Option(names = "--keep", description = "Keep the stack running afterwards, until Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--inject-late",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Hold back this share of the events, such as 0.1; some then come too late.")
  private double injectLate;

  @Option(
      names = "--inject-duplicates",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Send this share of the events twice, such as 0.05.")
  private double injectDuplicates;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the injected disorder.")
  private long seed;

  @Mixin private StackOptions options;
  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    Path resources =
        folder == null ? Installation.root().resolve("examples/online-retail") : folder;
    Planning planning = Planning.offline(resources);
    if (planning.printRefused(terminal)) {
      return Millrace.NO_ANSWER;
    }
    Recording recording = recording(resources, planning);
    try (var stack = LocalStack.start(resources, options, terminal)) {
      boolean holds =
          new Demo(stack, terminal)
              .run(recording, resources, injection(stack.planning().pipelines().get(0)));
      terminal.endProgress();
      terminal
          .out()
          .println(Text.seconds(System.nanoTime() - start) + (holds ? "" : "   a check failed"));
      if (keep) {
        new StackText(terminal.out()).print(stack);
        new CountDownLatch(1).await();
      }
      return holds ? 0 : Millrace.PENDING;
    }
  }

  private static Recording recording(Path resources, Planning planning) {
    Recording recording = Recording.read(resources);
    if (recording == null
        || planning.pipelines().size() != 1
        || planning.labelWindows().size() != 1) {
      throw new LocalFailure(
          resources
              + " is no demo: it needs one FeaturePipeline, one LabelWindow and a "
              + Recording.FILE);
    }
    return recording;
  }

  private Injection injection(PlannedPipeline pipeline) {
    if (injectLate == 0 && injectDuplicates == 0) {
      return Injection.none();
    }
    terminal.err().println("disorder injected with --seed " + seed);
    long longest =
        2
            * (pipeline.plan().definition().allowedLatenessMillis()
                + pipeline.plan().definition().schema().maxOutOfOrdernessMillis());
    return new Injection(injectLate, injectDuplicates, longest, seed);
  }
}
