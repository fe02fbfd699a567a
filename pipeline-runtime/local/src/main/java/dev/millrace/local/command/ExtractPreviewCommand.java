package dev.millrace.local.command;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.local.Millrace;
import dev.millrace.local.report.PreviewText;
import dev.millrace.local.terminal.JsonText;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.verify.ExtractProgram;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.verify.PreviewReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Training rows of a run that is not run: a sample with its T, its states and its leak check. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = "Show training rows that a run would publish, without running it.")
public final class ExtractPreviewCommand implements Callable<Integer> {
  private static final String MAIN = "dev.millrace.spark.PreviewMain";

  @Mixin private WindowOptions options;

  @Option(
      names = "--rows",
      defaultValue = "50",
      description = "Most rows to show (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--leak-check",
      paramLabel = "ROWS",
      defaultValue = "500",
      description = "Most rows whose future and past are changed (default: ${DEFAULT-VALUE}).")
  private int leakRows;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "Such as 2011-12-09T13:00:00Z; default: now.")
  private String asOf;

  @Option(
      names = "-o",
      defaultValue = "table",
      paramLabel = "table|json",
      description = "Form of the answer (default: ${DEFAULT-VALUE}).")
  private AnswerForm form;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public ExtractPreviewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<WindowOptions.Target> target = options.target(terminal);
    if (target.isEmpty()) {
      return Millrace.NO_ANSWER;
    }
    PreviewReport report = look(target.get());
    ExtractDocument document = target.get().window().document();
    var outcomes = new ArrayList<String>(List.of(document.label().name()));
    document.surrogates().forEach(each -> outcomes.add(each.outcome().name()));
    var text = new PreviewText(report, document.anchorPipeline(), outcomes);
    terminal
        .out()
        .print(
            form == AnswerForm.JSON ? JsonText.of(report) : String.join("\n", text.lines()) + "\n");
    terminal.out().flush();
    return report.leak().holds() ? 0 : Millrace.PENDING;
  }

  private PreviewReport look(WindowOptions.Target target) throws IOException, InterruptedException {
    Instant instant =
        asOf == null
            ? Instant.now().truncatedTo(ChronoUnit.SECONDS)
            : RunReportOptions.instant(asOf);
    terminal.err().println("preview of " + target.window().plan().name() + " as of " + instant);
    Path folder = Files.createDirectories(Path.of(target.stack().data(), "verify"));
    Path report = folder.resolve("preview.json");
    new ExtractProgram(target.job(), MAIN, () -> {})
        .run(
            instant,
            List.of(Integer.toString(rows), Integer.toString(leakRows), report.toString()),
            report);
    return CanonicalJson.read(report.toString(), Files.readString(report), PreviewReport.class);
  }
}
