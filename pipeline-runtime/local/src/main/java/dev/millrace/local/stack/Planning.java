package dev.millrace.local.stack;

import dev.millrace.contract.Violation;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.resource.ResourceFolder;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.PlanText;
import dev.millrace.operator.plan.Planner;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.Resources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A folder's resources, planned by the operator's own planner. */
public final class Planning {
  private final List<PlannedPipeline> pipelines = new ArrayList<>();
  private final List<PlannedLabelWindow> labelWindows = new ArrayList<>();
  private final List<Remark> refusals = new ArrayList<>();
  private final List<Remark> notices = new ArrayList<>();
  private final References references;

  /** What is said about one resource, a line each. */
  private record Remark(String resource, List<String> lines) {}

  private Planning(Resources resources, Addresses addresses) {
    resources
        .refusals()
        .forEach(
            refusal -> refusals.add(new Remark(refusal.document(), texts(refusal.violations()))));
    references =
        new References(
            addresses.catalogue(), resources.pipelines(), resources.labelWindows(), Instant.now());
    for (var pipeline : resources.pipelines()) {
      PipelinePlan plan =
          valid(pipeline, Planner.plan(pipeline, references, OperatorConfig.DEFAULT));
      if (plan != null) {
        pipelines.add(new PlannedPipeline(plan));
      }
    }
    for (var window : resources.labelWindows()) {
      LabelWindowPlan plan =
          valid(window, Planner.plan(window, references, OperatorConfig.DEFAULT));
      if (plan != null) {
        labelWindows.add(new PlannedLabelWindow(plan));
      }
    }
  }

  /** Plans against the services of a stack. */
  public static Planning of(Path folder, Addresses addresses) {
    return new Planning(ResourceFolder.read(folder), addresses);
  }

  /** Plans against a running stack, whose resources keep their identity. */
  public static Planning of(Path folder, StackState stack) {
    return new Planning(ResourceFolder.read(folder, stack.identities()), stack.addresses());
  }

  /** Plans resources that have their identity. */
  public static Planning of(Resources resources, Addresses addresses) {
    return new Planning(resources, addresses);
  }

  /** Plans without a stack; addresses in documents then lead nowhere. */
  public static Planning offline(Path folder) {
    return of(folder, Addresses.none());
  }

  public List<PlannedPipeline> pipelines() {
    return pipelines;
  }

  public List<PlannedLabelWindow> labelWindows() {
    return labelWindows;
  }

  /** The namespaces of accepted resources. */
  public Set<String> namespaces() {
    var namespaces = new TreeSet<String>();
    pipelines.forEach(planned -> namespaces.add(planned.plan().namespace()));
    labelWindows.forEach(planned -> namespaces.add(planned.plan().namespace()));
    return namespaces;
  }

  /** What the plans were made with. */
  public References references() {
    return references;
  }

  /** Prints everything that is wrong; false if nothing is. */
  public boolean printRefused(Terminal terminal) {
    refusals.forEach(refusal -> print(terminal, "✗ ", refusal));
    return !refusals.isEmpty();
  }

  /** Prints what is worth knowing about accepted resources. */
  public void printNotices(Terminal terminal) {
    notices.forEach(notice -> print(terminal, "! ", notice));
  }

  /** The pipeline of that name, or the only one; refused resources are named. */
  public PlannedPipeline onlyPipeline(String name) {
    if (!refusals.isEmpty()) {
      throw new LocalFailure(
          refusals.get(0).resource()
              + " is refused: "
              + refusals.get(0).lines().get(0)
              + "; ./millrace plan shows everything");
    }
    List<PlannedPipeline> matching =
        pipelines.stream()
            .filter(planned -> name == null || planned.plan().name().equals(name))
            .toList();
    if (matching.size() != 1) {
      throw new LocalFailure(
          "the folder has the pipelines "
              + pipelines.stream().map(planned -> planned.plan().name()).toList()
              + "; choose one with --pipeline");
    }
    return matching.get(0);
  }

  private <P> P valid(HasMetadata resource, PlanResult<P> result) {
    String name =
        resource.getKind()
            + " "
            + resource.getMetadata().getNamespace()
            + "/"
            + resource.getMetadata().getName();
    if (result instanceof PlanResult.Valid<P> valid) {
      if (!valid.notices().isEmpty()) {
        notices.add(new Remark(name, texts(valid.notices())));
      }
      return valid.plan();
    }
    refusals.add(new Remark(name, PlanText.refusal(result).lines().toList()));
    return null;
  }

  private static void print(Terminal terminal, String mark, Remark remark) {
    terminal.err().println(mark + remark.resource());
    remark.lines().forEach(line -> terminal.err().println("    " + line));
  }

  private static List<String> texts(List<Violation> violations) {
    return violations.stream().map(Violation::toString).toList();
  }
}
