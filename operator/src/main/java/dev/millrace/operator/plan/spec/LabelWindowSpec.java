package dev.millrace.operator.plan.spec;

import static dev.millrace.operator.plan.spec.Defaults.list;
import static dev.millrace.operator.plan.spec.Defaults.or;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code spec} of a LabelWindow (api.md §2). */
public record LabelWindowSpec(
    Boolean suspend,
    String deletionPolicy,
    PipelineRef pipelineRef,
    List<JoinSpec> features,
    AnchorSpec anchor,
    LabelSpec label,
    String attributionWindow,
    String gap,
    String labelDelay,
    String attribution,
    List<SurrogateSpec> surrogates,
    ExtractSpec extract,
    QualitySpec quality) {
  public LabelWindowSpec {
    features = list(features);
    anchor = or(anchor, new AnchorSpec(null));
    surrogates = list(surrogates);
  }

  /** A pipeline of the same namespace. */
  public record PipelineRef(String name) {}

  /** Features of one pipeline in the training set. */
  public record JoinSpec(
      PipelineRef pipelineRef, String entity, Map<String, String> keys, List<String> include) {
    public JoinSpec {
      entity = or(entity, "");
      keys = keys == null ? Map.of() : new TreeMap<>(keys);
      include = list(include);
    }
  }

  /** Which events get a training row. */
  public record AnchorSpec(String where) {
    public AnchorSpec {
      where = or(where, "");
    }
  }

  /** The outcome. */
  public record LabelSpec(
      String name, SourceSpec source, MatchSpec match, String value, String whenAbsent) {}

  /** Either a pair of fields, or an entity; null where not written. */
  public record MatchSpec(String anchor, String label, String entity) {}

  /** An early proxy of the label. */
  public record SurrogateSpec(
      String name, SourceSpec source, MatchSpec match, String value, String attributionWindow) {}

  /** The scheduled extract; a null serving delay means maxOutOfOrderness + 5s. */
  public record ExtractSpec(
      String schedule,
      String timeZone,
      String servingDelay,
      HistorySpec history,
      String connection,
      SparkSpec spark,
      String timeout) {
    public ExtractSpec {
      history = or(history, new HistorySpec(null));
    }
  }

  /** The oldest anchor, a date; null for all. */
  public record HistorySpec(String from) {}

  /** Spark's processes; no executors means the driver alone. */
  public record SparkSpec(ProcessSpec driver, Integer executors, ProcessSpec executor) {}

  /** Limits of the gate. */
  public record QualitySpec(
      String baseline,
      NullRateSpec nullRate,
      DriftSpec drift,
      Long minRows,
      OverrideSpec override) {}

  /** Allowed growth of null rates. */
  public record NullRateSpec(Integer maxIncreasePoints) {}

  /** Allowed drift. */
  public record DriftSpec(Integer percentile, Integer maxChangePercent) {}

  /** A dated exception from the gate. */
  public record OverrideSpec(String reason, String until) {}
}
