package dev.millrace.local.command;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.Millrace;
import dev.millrace.local.actor.ClusterObjects;
import dev.millrace.local.actor.Kubelet;
import dev.millrace.local.actor.PodResult;
import dev.millrace.local.stack.PlannedLabelWindow;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.StackState;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.operator.plan.ExtractPlan;
import dev.millrace.operator.plan.Schedules;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one extract against a running stack, as the CronJob's controller would. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run one extract against a running stack.")
public final class ExtractRunCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "LABELWINDOW",
      description = "Name of the label window; may be left out when there is one.")
  private String name;

  @Option(
      names = "-f",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder with the resources of the running stack.")
  private Path folder;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "Such as 2011-12-09T13:00:00Z; default: the last scheduled instant.")
  private String asOf;

  @Option(names = "--data", description = "Data folder of the stack; default: the last started.")
  private Path data;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public ExtractRunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StackState stack = StackState.find(data);
    Planning planning = Planning.of(folder, stack);
    if (planning.printRefused(terminal)) {
      return Millrace.NO_ANSWER;
    }
    PlannedLabelWindow window = window(planning.labelWindows());
    Instant instant =
        asOf == null ? lastScheduled(window.plan().extract()) : RunReportOptions.instant(asOf);
    PodResult result = run(window, instant, Path.of(stack.data()));
    if (!result.terminationMessage().isEmpty()) {
      terminal.out().println(result.terminationMessage().strip());
    }
    if (result.exitCode() != 0) {
      terminal
          .err()
          .println(
              "millrace: "
                  + result.jobName()
                  + " ended with exit code "
                  + result.exitCode()
                  + "; see "
                  + result.log());
      return Millrace.NO_ANSWER;
    }
    terminal.err().println("training set in " + window.plan().location() + "/dataset");
    return 0;
  }

  private PodResult run(PlannedLabelWindow window, Instant instant, Path stackData)
      throws IOException, InterruptedException {
    var objects = new ClusterObjects();
    CronJob cronJob = null;
    for (HasMetadata object : window.objects()) {
      if (object instanceof ConfigMap configMap) {
        objects.apply(configMap);
      } else if (object instanceof CronJob found) {
        cronJob = found;
      }
    }
    terminal.err().println("extract of " + window.plan().name() + " as of " + instant);
    return new Kubelet(stackData, objects).run(cronJob, instant);
  }

  private PlannedLabelWindow window(List<PlannedLabelWindow> windows) {
    List<PlannedLabelWindow> matching =
        windows.stream()
            .filter(window -> name == null || window.plan().name().equals(name))
            .toList();
    if (matching.size() != 1) {
      throw new LocalFailure(
          "the folder has the label windows "
              + windows.stream().map(window -> window.plan().name()).toList()
              + "; name one");
    }
    return matching.get(0);
  }

  private static Instant lastScheduled(ExtractPlan extract) {
    return Schedules.last(extract, Instant.now())
        .orElseThrow(
            () -> new LocalFailure("the schedule " + extract.schedule() + " has no instant"));
  }
}
