package dev.millrace.local.command;

import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.Millrace;
import dev.millrace.local.stack.Documents;
import dev.millrace.local.stack.OnlineReader;
import dev.millrace.local.stack.StackState;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads one entity's row from the online store of a running stack. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Read one entity's feature row online.")
public final class GetCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String pipeline;

  @Parameters(index = "1", paramLabel = "ENTITY", description = "Name of the entity.")
  private String entity;

  @Parameters(
      index = "2..*",
      arity = "1..4",
      paramLabel = "KEY=VALUE",
      description = "Key fields, such as customer_id=17841.")
  private Map<String, String> keys = new LinkedHashMap<>();

  @Option(names = "--data", description = "Data folder of the stack; default: the last started.")
  private Path data;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    StackState stack = StackState.find(data);
    PipelineDocument document = Documents.pipeline(Path.of(stack.pipeline(pipeline).document()));
    Entity found = entity(document.definition());
    try (var reader = OnlineReader.connect(stack.redisPort())) {
      var clock = reader.clock(document.namespace(), pipeline);
      if (clock.isEmpty()) {
        terminal.err().println("no row has been written yet: the clock has not started");
        return Millrace.PENDING;
      }
      print(
          found, clock.get(), reader.row(document, clock.get().version(), found, keyParts(found)));
      return 0;
    }
  }

  private void print(Entity found, OnlineReader.Clock clock, Map<String, String> row) {
    String asOf = row.get(OnlineKeys.AS_OF);
    terminal
        .err()
        .println(
            (asOf == null ? "no row" : "row of " + Text.instant(Long.parseLong(asOf)))
                + " · clock "
                + Text.instant(clock.asOf())
                + " · version "
                + clock.version());
    if (row.size() <= 1) {
      terminal.out().println("all windows are empty");
      return;
    }
    for (String column : columns(found)) {
      terminal.out().printf("%-32s %s%n", column, row.getOrDefault(column, "null"));
    }
  }

  private static List<String> columns(Entity entity) {
    var columns = new java.util.ArrayList<String>();
    entity
        .features()
        .forEach(feature -> feature.windows().forEach(w -> columns.add(feature.column(w))));
    entity.derived().forEach(derived -> columns.add(derived.name()));
    return columns;
  }

  private Entity entity(Definition definition) {
    Entity found = definition.entity(entity);
    if (found == null) {
      throw new LocalFailure(
          "pipeline "
              + pipeline
              + " has no entity "
              + entity
              + "; it has "
              + String.join(", ", definition.entities().stream().map(Entity::name).toList()));
    }
    return found;
  }

  private List<String> keyParts(Entity found) {
    if (!keys.keySet().equals(java.util.Set.copyOf(found.keys()))) {
      throw new LocalFailure(
          "entity "
              + entity
              + " has the key "
              + String.join(", ", found.keys())
              + "; name "
              + String.join(" ", found.keys().stream().map(key -> key + "=…").toList()));
    }
    return found.keys().stream().map(keys::get).toList();
  }
}
