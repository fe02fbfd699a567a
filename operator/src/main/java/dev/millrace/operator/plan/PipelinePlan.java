package dev.millrace.operator.plan;

import dev.millrace.contract.Definition;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.operator.config.Connection;
import java.util.List;

/**
 * A FeaturePipeline that can run: everything its children need, with addresses resolved.
 *
 * @param namespace namespace of the resource
 * @param name name of the resource
 * @param uid UID of the resource
 * @param version epoch of the definition
 * @param suspended whether the job is to stop
 * @param deleteData whether {@code deletionPolicy} is Delete
 * @param definition what is computed
 * @param definitionHash its hash
 * @param topic where events come from
 * @param lateTopic name in Kafka of the topic for late events
 * @param deadTopic name in Kafka of the topic for undecodable records and those from the future
 * @param online where the newest values go
 * @param storage where Parquet goes
 * @param offlineRetentionMillis how long Parquet is kept
 * @param stream how the job runs
 * @param freshnessTargetMillis how old the newest row may be
 * @param approvedPlan hash of a plan the user consented to; empty for none
 * @param entities columns per entity
 * @param budget what it costs per key
 */
public record PipelinePlan(
    String namespace,
    String name,
    String uid,
    int version,
    boolean suspended,
    boolean deleteData,
    Definition definition,
    String definitionHash,
    TopicPlan topic,
    String lateTopic,
    String deadTopic,
    OnlinePlan online,
    Connection.Storage storage,
    long offlineRetentionMillis,
    StreamPlan stream,
    long freshnessTargetMillis,
    String approvedPlan,
    List<EntityPlan> entities,
    Budget budget) {
  public PipelinePlan {
    entities = List.copyOf(entities);
  }

  /** Folder of the pipeline in the offline store. */
  public String location() {
    return OfflineLayout.pipelineLocation(storage.location(), namespace, name);
  }

  /** How far back the topic must reach for a replay (semantics.md §4). */
  public long replayMillis() {
    return definition.longestReachMillis()
        + definition.deduplicationHorizonMillis()
        + definition.allowedLatenessMillis();
  }

  /** The entity of that name, or null. */
  public EntityPlan entity(String entityName) {
    return entities.stream()
        .filter(entity -> entity.name().equals(entityName))
        .findFirst()
        .orElse(null);
  }
}
