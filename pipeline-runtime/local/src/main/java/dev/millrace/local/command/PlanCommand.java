package dev.millrace.local.command;

import dev.millrace.local.Millrace;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.StackState;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanClass;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Prints what applying a folder would change in the running stack, or make in an empty one; or
 * everything that is wrong with it.
 */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Show what the resources would change, or all that is wrong with them.")
public final class PlanCommand implements Callable<Integer> {
  @Option(
      names = "-f",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder or file with the resources.")
  private Path folder;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;
  private PlanClass worst = PlanClass.NO_OP;
  private boolean creates;

  public PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<PipelinePlan> inForce =
        StackState.newestRunning().map(PlanCommand::plansOf).orElse(List.of());
    Planning planning =
        StackState.newestRunning()
            .map(stack -> Planning.of(folder, stack))
            .orElseGet(() -> Planning.offline(folder));
    if (planning.printRefused(terminal)) {
      return Millrace.NO_ANSWER;
    }
    planning.printNotices(terminal);
    planning.pipelines().forEach(planned -> print(planned, inForce, planning));
    planning
        .labelWindows()
        .forEach(
            planned -> terminal.out().print(PlanText.created(planned.plan(), planned.objects())));
    if (worst == PlanClass.BLOCKED) {
      return Millrace.NO_ANSWER;
    }
    return creates || worst != PlanClass.NO_OP ? Millrace.PENDING : 0;
  }

  private void print(PlannedPipeline planned, List<PipelinePlan> inForce, Planning planning) {
    PipelinePlan plan = planned.plan();
    for (PipelinePlan running : inForce) {
      if (running.uid().equals(plan.uid())) {
        PlanDiff diff = PlanDiff.between(running, plan, planning.references());
        worst = worst.or(diff.planClass());
        terminal.out().print(PlanText.changed(running, plan, diff, planned.objects()));
        return;
      }
    }
    creates = true;
    terminal.out().print(PlanText.created(plan, planned.objects()));
  }

  private static List<PipelinePlan> plansOf(StackState stack) {
    return Planning.of(stack.resources(), stack).pipelines().stream()
        .map(PlannedPipeline::plan)
        .toList();
  }
}
