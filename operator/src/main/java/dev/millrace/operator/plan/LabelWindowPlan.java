package dev.millrace.operator.plan;

import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.QualityRules;
import dev.millrace.operator.config.Connection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A LabelWindow that can run.
 *
 * @param namespace namespace of the resource
 * @param name name of the resource
 * @param uid UID of the resource
 * @param suspended whether no extract is to be scheduled
 * @param deleteData whether {@code deletionPolicy} is Delete
 * @param anchor the pipeline whose events are the anchors
 * @param anchorWhere filter over anchor events; empty for all
 * @param joins pipelines whose features are joined
 * @param label the label
 * @param topic where label events come from
 * @param surrogates early proxies of the label, by name
 * @param extract when and how the extract runs
 * @param quality limits of the gate
 * @param storage where the training set goes
 */
public record LabelWindowPlan(
    String namespace,
    String name,
    String uid,
    boolean suspended,
    boolean deleteData,
    PipelinePlan anchor,
    String anchorWhere,
    List<JoinPlan> joins,
    LabelDefinition label,
    TopicPlan topic,
    SortedMap<String, SurrogatePlan> surrogates,
    ExtractPlan extract,
    QualityRules quality,
    Connection.Storage storage) {
  public LabelWindowPlan {
    joins = List.copyOf(joins);
    surrogates = Collections.unmodifiableSortedMap(new TreeMap<>(surrogates));
  }

  /** Folder of the training set. */
  public String location() {
    return OfflineLayout.labelWindowLocation(storage.location(), namespace, name);
  }

  /** All joined columns in the order of the training set. */
  public List<String> columns() {
    return joins.stream().flatMap(join -> join.columns().stream()).toList();
  }
}
