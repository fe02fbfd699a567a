package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.Reason;
import dev.millrace.contract.Violation;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a resource means, or everything that is wrong with it (api.md §5, tier 2). Pure: the
 * operator, {@code millrace plan} and tests get the same answer for the same arguments.
 */
public final class Planner {
  private Planner() {}

  /** Plans a FeaturePipeline. */
  public static PlanResult<PipelinePlan> plan(
      FeaturePipeline pipeline, References references, OperatorConfig config) {
    List<Violation> shape = SpecShape.check(pipeline);
    return shape.isEmpty()
        ? new PipelinePlanner(pipeline, references, config).plan()
        : new PlanResult.Invalid<>(shape);
  }

  /** Plans a LabelWindow; pipelines it reads are planned from the references. */
  public static PlanResult<LabelWindowPlan> plan(
      LabelWindow window, References references, OperatorConfig config) {
    List<Violation> shape = SpecShape.check(window);
    if (!shape.isEmpty()) {
      return new PlanResult.Invalid<>(shape);
    }
    var plans = new LinkedHashMap<String, PipelinePlan>();
    List<MissingReference> missing = resolve(window, references, config, plans);
    var planner = new LabelWindowPlanner(window, plans, references, config);
    if (missing.isEmpty()) {
      return planner.plan();
    }
    List<Violation> alone = planner.alone();
    return alone.isEmpty() ? new PlanResult.Waiting<>(missing) : new PlanResult.Invalid<>(alone);
  }

  private static List<MissingReference> resolve(
      LabelWindow window,
      References references,
      OperatorConfig config,
      Map<String, PipelinePlan> into) {
    String namespace = window.getMetadata().getNamespace();
    var missing = new ArrayList<MissingReference>();
    for (String name : LabelWindowReads.pipelines(ResourceSpecs.of(window))) {
      FeaturePipeline pipeline =
          references.pipelinesIn(namespace).stream()
              .filter(candidate -> candidate.getMetadata().getName().equals(name))
              .findFirst()
              .orElse(null);
      if (pipeline == null) {
        missing.add(notFound(name, namespace, references));
      } else if (plan(pipeline, references, config)
          instanceof PlanResult.Valid<PipelinePlan> valid) {
        into.put(name, valid.plan());
      } else {
        missing.add(
            new MissingReference(
                Reason.INVALID,
                "FeaturePipeline " + namespace + "/" + name + " is refused; correct it first"));
      }
    }
    return missing;
  }

  private static MissingReference notFound(String name, String namespace, References references) {
    var names =
        references.pipelinesIn(namespace).stream()
            .map(pipeline -> pipeline.getMetadata().getName())
            .sorted()
            .toList();
    return new MissingReference(
        Reason.PIPELINE_NOT_FOUND,
        "FeaturePipeline "
            + quote(name)
            + " is not in namespace "
            + quote(namespace)
            + "; "
            + NearestName.of(name, names)
                .map(near -> "did you mean " + quote(near) + "?")
                .orElse("create it or correct the name"));
  }
}
