package dev.millrace.local.command;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.Millrace;
import dev.millrace.local.report.RunArchive;
import dev.millrace.local.stack.Documents;
import dev.millrace.local.stack.ExtractJob;
import dev.millrace.local.stack.OnlineReader;
import dev.millrace.local.stack.PlannedLabelWindow;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.StackState;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import dev.millrace.local.verify.Consistency;
import dev.millrace.local.verify.Consistency.Comparison;
import dev.millrace.local.verify.Findings;
import dev.millrace.local.verify.OnlineSample;
import dev.millrace.local.verify.Verifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
  private Form form;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  /** Forms of the answer. */
  enum Form {
    TABLE,
    JSON
  }

  public ConsistencyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StackState stack = options.stack();
    Planning planning = options.planning(stack);
    if (planning.printRefused(terminal)) {
      return Millrace.NO_ANSWER;
    }
    PlannedLabelWindow window = options.window(planning);
    var document =
        Documents.pipeline(Path.of(stack.pipeline(window.plan().anchor().name()).document()));
    Consistency found = compare(stack, window, document);
    print(found);
    return found.holds() ? 0 : Millrace.PENDING;
  }

  private Consistency compare(
      StackState stack, PlannedLabelWindow window, PipelineDocument document)
      throws IOException, InterruptedException {
    Instant run = newestRun(window);
    try (var online = OnlineReader.connect(stack.redisPort())) {
      int version = document.version();
      List<OnlineSample> rows =
          Consistency.sample(online, document, version, archiveClock(window, version), sample);
      terminal
          .err()
          .println(
              "recomputing the feature log and "
                  + Text.count(rows.size())
                  + " online rows of "
                  + document.pipeline());
      var job = ExtractJob.of(window, Path.of(stack.data()));
      Findings findings =
          new Verifier(job, Path.of(stack.data(), "verify"), () -> {}).run(run, 0, 0, rows);
      return Consistency.of(document, version, rows, findings);
    }
  }

  /** A published run is found again and writes nothing. */
  private static Instant newestRun(PlannedLabelWindow window) {
    RunArchive archive = RunArchive.read(Path.of(URI.create(window.plan().location())));
    if (archive.published().isEmpty()) {
      throw new LocalFailure(
          "no run of " + window.plan().name() + " is published; start one with extract run");
    }
    return archive.published().lastKey();
  }

  private static long archiveClock(PlannedLabelWindow window, int version) throws IOException {
    Path file =
        Path.of(URI.create(window.plan().anchor().location()))
            .resolve(OfflineLayout.progress(version));
    return DocumentCodec.readProgress(Files.readString(file)).archiveClock();
  }

  private void print(Consistency found) throws IOException {
    if (form == Form.JSON) {
      terminal
          .out()
          .println(
              JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(found));
      return;
    }
    terminal.out().println(found.pipeline() + " version " + found.version());
    print("recomputed = logged", found.featureLog());
    print("recomputed = online", found.online());
  }

  private void print(String what, Comparison comparison) {
    terminal
        .out()
        .println(
            (comparison.differ() == 0 ? " ✓ " : " ✗ ")
                + what
                + "   "
                + Text.count(comparison.rows() - comparison.differ())
                + " of "
                + Text.count(comparison.rows())
                + " rows, bit for bit");
    comparison
        .byColumn()
        .forEach((column, rows) -> terminal.out().println("     " + column + "   " + rows));
  }
}
