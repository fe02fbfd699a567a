package dev.millrace.local.command;

import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import dev.millrace.binding.UndecodableReason;
import dev.millrace.binding.ValueText;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EntityKey;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.Verdict;
import dev.millrace.local.preview.Preview;
import dev.millrace.local.replay.RecordedFile;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verdicts and rows for a sample file, by the kernel alone: no Kafka, no Flink. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = "Show each event's verdict and the feature rows for a sample file.")
public final class PreviewCommand implements Callable<Integer>, Preview.Listener {
  @Option(
      names = "-f",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder or file with the resources.")
  private Path folder;

  @Option(
      names = "--sample",
      required = true,
      paramLabel = "FILE",
      description = "Events: .csv with a header or .jsonl, may be gzipped.")
  private Path sample;

  @Option(names = "--pipeline", description = "Pipeline, when the folder has several.")
  private String pipeline;

  @Option(names = "--entity", description = "Show rows of this entity only.")
  private String entity;

  @Option(
      names = "--rows",
      defaultValue = "20",
      description = "Most verdicts and rows to print (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;
  private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
  private final List<String> verdictLines = new ArrayList<>();
  private final List<String> rowLines = new ArrayList<>();
  private long rowCount;

  public PreviewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    PlannedPipeline planned = Planning.offline(folder).onlyPipeline(pipeline);
    var schema = planned.document().definition().schema();
    var preview = new Preview(planned.document().definition(), this);
    long arrival = System.currentTimeMillis();
    try (var file = RecordedFile.open(sample, "", schema, "", "")) {
      while (file.hasNext()) {
        preview.accept(file.next().value(), arrival);
      }
    }
    preview.finish();
    print();
    return 0;
  }

  private void print() {
    var out = terminal.out();
    verdictLines.forEach(out::println);
    out.println();
    rowLines.forEach(out::println);
    out.println();
    var counts = new ArrayList<String>();
    long events = 0;
    for (Verdict verdict : Verdict.values()) {
      long count = verdicts.getOrDefault(verdict, 0L);
      events += count;
      counts.add(verdict.text() + " " + Text.count(count));
    }
    out.println(Text.count(events) + " events: " + String.join(" · ", counts));
    out.println(Text.count(rowCount) + " rows");
  }

  @Override
  public void verdict(long offset, Verdict verdict, UndecodableReason reason, long visibleFrom) {
    verdicts.merge(verdict, 1L, Long::sum);
    if (verdictLines.size() < rows) {
      String detail = "";
      if (reason != null) {
        detail = reason.meaning();
      } else if (verdict == Verdict.ACCEPTED) {
        detail = "visible from " + Text.instant(visibleFrom);
      }
      verdictLines.add(String.format("event %-6d %-12s %s", offset, verdict.text(), detail));
    }
  }

  @Override
  public void row(Entity of, String key, FeatureRow row) {
    if (entity != null && !entity.equals(of.name())) {
      return;
    }
    rowCount++;
    if (rowLines.size() < rows) {
      String shownKey = String.join(",", EntityKey.parts(key));
      rowLines.add(Text.instant(row.asOf) + "  " + of.name() + " " + shownKey + "  " + values(row));
    }
  }

  private static String values(FeatureRow row) {
    if (row.tombstone) {
      return "all windows empty";
    }
    var line = new StringBuilder();
    for (int i = 0; i < row.columns().size(); i++) {
      if (row.isNull(i)) {
        continue;
      }
      OutputColumn column = row.columns().get(i);
      line.append(line.length() == 0 ? "" : "  ").append(column.name()).append(' ');
      if (column.type().type() == FieldType.STRING) {
        line.append(new String(row.text(i), StandardCharsets.UTF_8));
      } else {
        ValueText.append(line, column.type(), row.bits(i));
      }
    }
    return line.toString();
  }
}
