package dev.millrace.operator.plan;

import dev.millrace.contract.JoinedPipeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Features of one pipeline in a training set.
 *
 * @param pipeline the pipeline's plan
 * @param entities entities that are joined
 * @param keys key field of that pipeline to field of the anchor pipeline; empty for the anchor's
 *     own
 * @param include column patterns
 * @param columns names of its columns in the training set
 */
public record JoinPlan(
    PipelinePlan pipeline,
    List<String> entities,
    Map<String, String> keys,
    List<String> include,
    List<String> columns) {
  public JoinPlan {
    entities = List.copyOf(entities);
    keys = new TreeMap<>(keys);
    include = List.copyOf(include);
    columns = List.copyOf(columns);
  }

  /** The same for the contract's document. */
  public JoinedPipeline joined() {
    return new JoinedPipeline(
        pipeline.name(),
        pipeline.version(),
        pipeline.definitionHash(),
        pipeline.definition(),
        pipeline.location(),
        entities,
        keys,
        include);
  }
}
