package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.QualityRules;
import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.JoinSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.LabelSpec;
import dev.millrace.v1alpha1.LabelWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** Runs all rules over one LabelWindow and builds its plan if none is broken. */
final class LabelWindowPlanner {
  private final LabelWindow resource;
  private final LabelWindowSpec spec;
  private final References references;
  private final Violations violations = new Violations();
  private final ExpressionRules expressions;
  private final ExtractRules extract;
  private final SurrogateRules surrogates;
  private final Map<String, PipelinePlan> pipelines;

  private final String namespace;
  private final String name;

  /**
   * @param pipelines plans of the pipelines that are read, by name
   */
  LabelWindowPlanner(
      LabelWindow resource,
      Map<String, PipelinePlan> pipelines,
      References references,
      OperatorConfig config) {
    this.resource = resource;
    this.spec = ResourceSpecs.of(resource);
    this.pipelines = pipelines;
    this.references = references;
    this.expressions = new ExpressionRules(config.limits(), violations);
    this.extract = new ExtractRules(spec, references.now(), violations);
    this.surrogates = new SurrogateRules(spec, expressions, violations);
    this.namespace = resource.getMetadata().getNamespace();
    this.name = resource.getMetadata().getName();
  }

  /** Violations of the spec itself, found without any pipeline. */
  List<dev.millrace.contract.Violation> alone() {
    own();
    return violations.errors();
  }

  PlanResult<LabelWindowPlan> plan() {
    List<TopicPlan> topics = own();
    PipelinePlan anchor = pipelines.get(spec.pipelineRef().name());
    extract.compare(anchor, pipelines.values());
    anchorWhere(anchor);
    List<JoinPlan> joins = joins(anchor);
    LabelMatch match = label("spec.label", spec.label()).match(spec.label().match(), anchor);
    SortedMap<String, SurrogatePlan> early =
        surrogates.plan(anchor, topics.subList(1, topics.size()));
    new TrainingColumns(spec, violations).check(joins, topics.get(0));
    Connection.Storage storage =
        new ConnectionRules(namespace, violations)
            .find(
                "spec.extract.connection",
                "storage",
                references.connections().storage(),
                spec.extract().connection());
    if (!violations.none()) {
      return new PlanResult.Invalid<>(violations.errors());
    }
    return new PlanResult.Valid<>(
        build(anchor, joins, match, early, topics.get(0), storage), violations.notices());
  }

  private LabelWindowPlan build(
      PipelinePlan anchor,
      List<JoinPlan> joins,
      LabelMatch match,
      SortedMap<String, SurrogatePlan> early,
      TopicPlan topic,
      Connection.Storage storage) {
    return new LabelWindowPlan(
        namespace,
        name,
        Objects.requireNonNullElse(resource.getMetadata().getUid(), ""),
        spec.suspend(),
        spec.deletionPolicy().equals("Delete"),
        anchor,
        spec.anchor().where(),
        joins,
        LabelDefinitions.label(spec, match),
        topic,
        early,
        extract.plan(anchor),
        quality(),
        storage);
  }

  /** Rules about the spec alone; the topics of the label and of the surrogates, in this order. */
  private List<TopicPlan> own() {
    extract.check();
    new LabelTimeRules(spec, violations).check();
    var topics = new ArrayList<TopicPlan>();
    var topicRules = new TopicRules(namespace, references.connections(), violations);
    new SourceRules("spec.label.source", spec.label().source(), violations).check();
    topics.add(topicRules.plan("spec.label.source", spec.label().source()));
    label("spec.label", spec.label())
        .value(spec.label().value())
        .ifPresent(
            type -> label("spec.label", spec.label()).whenAbsent(spec.label().whenAbsent(), type));
    topics.addAll(surrogates.own(topicRules));
    if (topics.get(0) != null) {
      new TopicOwners(references, violations).check(resource, "spec.label.source", topics.get(0));
    }
    return topics;
  }

  private LabelRules label(String path, LabelSpec label) {
    return new LabelRules(path, label.source(), expressions, violations);
  }

  private void anchorWhere(PipelinePlan anchor) {
    if (!spec.anchor().where().isEmpty()) {
      var fields = new LinkedHashMap<String, dev.millrace.contract.ColumnType>();
      anchor
          .definition()
          .schema()
          .fields()
          .forEach(field -> fields.put(field.name(), field.type()));
      expressions.condition(
          "spec.anchor.where",
          spec.anchor().where(),
          fields,
          (path, field) -> JoinRules.noField(violations, path, field, anchor));
    }
  }

  private List<JoinPlan> joins(PipelinePlan anchor) {
    var rules = new JoinRules(anchor, violations);
    if (spec.features().isEmpty()) {
      var all = new JoinSpec(spec.pipelineRef(), null, null, List.of("*"));
      return List.of(rules.plan("spec.features", all, anchor));
    }
    var joins = new ArrayList<JoinPlan>();
    for (int i = 0; i < spec.features().size(); i++) {
      JoinSpec join = spec.features().get(i);
      joins.add(
          rules.plan("spec.features[" + i + "]", join, pipelines.get(join.pipelineRef().name())));
    }
    return joins;
  }

  private QualityRules quality() {
    var quality = spec.quality();
    var override = quality.override();
    return new QualityRules(
        (int) (DurationText.millis(quality.baseline()) / 86_400_000L),
        quality.nullRate().maxIncreasePoints(),
        quality.drift().percentile(),
        quality.drift().maxChangePercent(),
        quality.minRows(),
        override == null ? "" : override.reason(),
        override == null ? 0 : Instant.parse(ExtractRules.normal(override.until())).toEpochMilli());
  }
}
