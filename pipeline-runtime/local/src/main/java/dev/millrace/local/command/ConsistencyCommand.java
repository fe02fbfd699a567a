package dev.millrace.local.command;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.Millrace;
import dev.millrace.local.report.RunArchive;
import dev.millrace.local.stack.Documents;
import dev.millrace.local.stack.OnlineReader;
import dev.millrace.local.stack.StackState;
import dev.millrace.local.terminal.JsonText;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import dev.millrace.local.verify.Consistency;
import dev.millrace.local.verify.Findings;
import dev.millrace.local.verify.OnlineSample;
import dev.millrace.local.verify.Verifier;
import dev.millrace.operator.plan.LabelWindowPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recomputes rows from the archive and compares them with what was logged and what is online. */
@Command(
    name = "consistency",
    mixinStandardHelpOptions = true,
    description = "Compare recomputed rows with the feature log and the online store, bit for bit.")
public final class ConsistencyCommand implements Callable<Integer> {
  @Mixin private WindowOptions options;

  @Option(
      names = "--sample",
      defaultValue = "2000",
      description = "Most online rows to compare (default: ${DEFAULT-VALUE}).")
  private int sample;

  @Option(
      names = "-o",
      defaultValue = "table",
      paramLabel = "table|json",
      description = "Form of the answer (default: ${DEFAULT-VALUE}).")
  private AnswerForm form;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public ConsistencyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<WindowOptions.Target> target = options.target(terminal);
    if (target.isEmpty()) {
      return Millrace.NO_ANSWER;
    }
    Consistency found = compare(target.get());
    terminal
        .out()
        .print(
            form == AnswerForm.JSON ? JsonText.of(found) : String.join("\n", found.lines()) + "\n");
    terminal.out().flush();
    return found.holds() ? 0 : Millrace.PENDING;
  }

  private Consistency compare(WindowOptions.Target target)
      throws IOException, InterruptedException {
    LabelWindowPlan plan = target.window().plan();
    StackState stack = target.stack();
    PipelineDocument document =
        Documents.pipeline(Path.of(stack.pipeline(plan.anchor().name()).document()));
    Instant run = newestRun(plan);
    try (var online = OnlineReader.connect(stack.redisPort())) {
      List<OnlineSample> rows =
          Consistency.sample(online, document, archiveClock(plan, document.version()), sample);
      terminal
          .err()
          .println(
              "recomputing the feature log and "
                  + Text.count(rows.size())
                  + " online rows of "
                  + document.pipeline());
      Path folder = Path.of(stack.data(), "verify");
      Findings findings = new Verifier(target.job(), folder, () -> {}).run(run, 0, 0, rows);
      return Consistency.of(document, rows, findings);
    }
  }

  /** A published run is found again and writes nothing. */
  private static Instant newestRun(LabelWindowPlan plan) {
    RunArchive archive = RunArchive.read(Path.of(URI.create(plan.location())));
    if (archive.published().isEmpty()) {
      throw new LocalFailure(
          "no run of " + plan.name() + " is published; start one with extract run");
    }
    return archive.published().lastKey();
  }

  private static long archiveClock(LabelWindowPlan plan, int version) throws IOException {
    Path file =
        Path.of(URI.create(plan.anchor().location())).resolve(OfflineLayout.progress(version));
    return DocumentCodec.readProgress(Files.readString(file)).archiveClock();
  }
}
