package dev.millrace.operator.plan;

import dev.millrace.contract.Definition;
import dev.millrace.contract.DefinitionHash;
import dev.millrace.contract.DurationText;
import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.spec.EntitySpec;
import dev.millrace.operator.plan.spec.PipelineSpec;
import dev.millrace.operator.plan.spec.ProcessSpec;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs all rules over one FeaturePipeline and builds its plan if none is broken. */
final class PipelinePlanner {
  private final FeaturePipeline resource;
  private final PipelineSpec spec;
  private final References references;
  private final OperatorConfig config;
  private final Violations violations = new Violations();
  private final String namespace;
  private final String name;

  PipelinePlanner(FeaturePipeline resource, References references, OperatorConfig config) {
    this.resource = resource;
    this.spec = ResourceSpecs.of(resource);
    this.references = references;
    this.config = config;
    this.namespace = resource.getMetadata().getNamespace();
    this.name = resource.getMetadata().getName();
  }

  PlanResult<PipelinePlan> plan() {
    var connections = new ConnectionRules(namespace, violations);
    var source = new SourceRules("spec.source", spec.source(), violations);
    source.check();
    TopicPlan topic =
        new TopicRules(namespace, references.connections(), violations)
            .plan("spec.source", spec.source());
    if (topic != null) {
      new TopicOwners(references, violations).check(resource, "spec.source", topic);
    }
    OnlinePlan online = online(connections);
    Connection.Storage storage =
        connections.find(
            "spec.offline.connection",
            "storage",
            references.connections().storage(),
            spec.offline().connection());
    List<EntityPlan> entities = entities(source);
    new StreamRules(spec, violations).check();
    new ReachRules(spec, violations).check(readers());
    if (!violations.none()) {
      return new PlanResult.Invalid<>(violations.errors());
    }
    return new PlanResult.Valid<>(plan(topic, online, storage, entities), violations.notices());
  }

  private List<EntityPlan> entities(SourceRules source) {
    var rules = new EntityRules(spec, config.limits(), source, violations);
    var plans = new ArrayList<EntityPlan>();
    for (EntitySpec entity : spec.entities()) {
      plans.add(rules.check(entity));
    }
    return plans;
  }

  private OnlinePlan online(ConnectionRules connections) {
    PipelineSpec.OnlineSpec online = spec.online();
    if (online.managed() != null) {
      return new OnlinePlan.Managed(online.managed().memory(), online.managed().storage());
    }
    Connection.Redis redis =
        connections.find(
            "spec.online.connection",
            "Redis",
            references.connections().redis(),
            online.connection());
    return redis == null ? null : new OnlinePlan.Registered(redis);
  }

  /** Label windows that read this pipeline's events or features. */
  private List<LabelWindow> readers() {
    return references.labelWindowsIn(namespace).stream()
        .filter(window -> SpecShape.hasTimes(window))
        .filter(window -> LabelWindowReads.pipelines(ResourceSpecs.of(window)).contains(name))
        .toList();
  }

  private PipelinePlan plan(
      TopicPlan topic, OnlinePlan online, Connection.Storage storage, List<EntityPlan> entities) {
    Definition definition = Definitions.of(spec);
    String sideTopics =
        topic.managed() ? topic.kafkaName() : topic.connection().prefixFor(namespace) + name;
    return new PipelinePlan(
        namespace,
        name,
        Objects.requireNonNullElse(resource.getMetadata().getUid(), ""),
        spec.version(),
        spec.suspend(),
        spec.deletionPolicy().equals("Delete"),
        definition,
        DefinitionHash.of(definition),
        topic,
        sideTopics + ".late",
        sideTopics + ".dead",
        online,
        storage,
        DurationText.millis(spec.offline().retention()),
        stream(),
        DurationText.millis(spec.freshness().target()),
        spec.rollout().approvedPlan(),
        entities,
        Budget.of(definition, entities));
  }

  private StreamPlan stream() {
    PipelineSpec.StreamSpec stream = spec.stream();
    ProcessSpec jobManager = stream.jobManager();
    return new StreamPlan(
        stream.parallelism(),
        stream.maxParallelism(),
        DurationText.millis(stream.checkpointInterval()),
        DurationText.millis(spec.source().watermark().idleTimeout()),
        new ProcessPlan(jobManager.cpu(), jobManager.memory()),
        new ProcessPlan(stream.taskManager().cpu(), stream.taskManager().memory()),
        stream.taskManager().slots());
  }
}
