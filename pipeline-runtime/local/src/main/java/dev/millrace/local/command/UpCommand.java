package dev.millrace.local.command;

import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.Millrace;
import dev.millrace.local.cluster.ClusterStack;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.replay.Injection;
import dev.millrace.local.replay.Recording;
import dev.millrace.local.stack.LocalStack;
import dev.millrace.local.stack.OnlineReader;
import dev.millrace.local.stack.PipelineProgress;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.Replayed;
import dev.millrace.local.stack.RunningStack;
import dev.millrace.local.stack.StackOptions;
import dev.millrace.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the resources of a folder on this machine until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Run the resources of a folder on this machine, until Ctrl-C.")
public final class UpCommand implements Callable<Integer> {
  @Option(
      names = "-f",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder with the resources.")
  private Path folder;

  /** What is sent to the topics at the start. */
  static final class Input {
    @Option(
        names = "--events",
        paramLabel = "FILE",
        description =
            "Send this file to the pipeline's topic: .csv with a header or .jsonl, may be gzipped.")
    private Path events;

    @Option(
        names = "--replay",
        description = "Send the folder's recording, events and labels, to their topics.")
    private boolean replay;
  }

  @ArgGroup private Input input = new Input();

  @Option(names = "--pipeline", description = "Pipeline of --events, when there are several.")
  private String pipeline;

  @Option(
      names = "--api",
      defaultValue = "auto",
      paramLabel = "auto|never",
      description =
          "auto: with a real API server and the operator, where its programs are there and"
              + " without --data; never: without.")
  private ApiServer api;

  @Mixin private StackOptions options;
  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Planning planning = Planning.offline(folder);
    if (planning.printRefused(terminal)) {
      return Millrace.NO_ANSWER;
    }
    planning.printNotices(terminal);
    Recording recording = input.replay ? folderRecording() : null;
    try (RunningStack stack = start(planning);
        var online = OnlineReader.connect(stack.state().redisPort())) {
      if (recording != null) {
        replay(stack, online, recording);
      } else if (input.events != null) {
        replay(stack, online, recordingOf(input.events, stack.planning().onlyPipeline(pipeline)));
      }
      follow(stack, online);
    }
    return 0;
  }

  private RunningStack start(Planning planning) throws Exception {
    boolean keepsData = options.data() != null;
    Optional<ControlPlaneBinaries> binaries = api.programs(keepsData);
    var text = new StackText(terminal.out());
    if (binaries.isPresent()) {
      ClusterStack stack =
          ClusterStack.start(folder, planning.namespaces(), binaries.get(), options, terminal);
      terminal.endProgress();
      text.print(stack);
      return stack;
    }
    LocalStack stack = LocalStack.start(folder, options, terminal);
    terminal.endProgress();
    text.print(stack);
    String hint = api.hint(keepsData);
    if (!hint.isEmpty()) {
      terminal.err().println(hint);
    }
    return stack;
  }

  private Recording folderRecording() {
    Recording recording = Recording.read(folder);
    if (recording == null) {
      throw new LocalFailure(folder + " has no " + Recording.FILE + "; send a file with --events");
    }
    return recording;
  }

  private static Recording recordingOf(Path file, PlannedPipeline planned) {
    var schema = planned.plan().definition().schema();
    var key = planned.plan().definition().entities().get(0).keys().get(0);
    var source =
        new Recording.Source(
            file.toAbsolutePath().toString(),
            planned.plan().topic().name(),
            key,
            schema.eventTimeField());
    return new Recording(file.toString(), List.of(source));
  }

  private void replay(RunningStack stack, OnlineReader online, Recording recording)
      throws Exception {
    var outcome =
        new Replayed(stack, stack.planning().onlyPipeline(pipeline), terminal)
            .run(recording, folder, Injection.none(), online);
    terminal.endProgress();
    terminal.out().println("sent " + recording.description() + ": " + outcome.last().text());
  }

  private void follow(RunningStack stack, OnlineReader online)
      throws IOException, InterruptedException {
    List<String> said = List.of();
    while (true) {
      stack.check();
      List<String> remarks = stack.remarks();
      if (!remarks.equals(said)) {
        terminal.endProgress();
        remarks.forEach(remark -> terminal.err().println("! " + remark));
        said = remarks;
      }
      for (PipelineDocument document : stack.documents()) {
        var seen = new PipelineProgress(document, online).read();
        terminal.progress(
            document.pipeline() + " · events " + seen.accounting().in() + " · " + seen.text());
      }
      Thread.sleep(1_000);
    }
  }
}
