package dev.millrace.local.controlplane;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;

/** The resource types of Strimzi and of the Flink operator that pipelines need. */
public final class NeighbourCrds {
  private static final String FLINK = "/META-INF/fabric8/%s.flink.apache.org-v1.yml";

  private NeighbourCrds() {}

  /** All of them. */
  public static List<CustomResourceDefinition> all() {
    return List.of(kafkaTopic(), flinkDeployment(), flinkStateSnapshot());
  }

  /** KafkaTopic as Strimzi 0.51 serves it. */
  public static CustomResourceDefinition kafkaTopic() {
    return CrdFiles.read("/millrace/neighbours/kafkatopics.kafka.strimzi.io.yaml");
  }

  /**
   * FlinkDeployment. The released API that can be used as a library is older than the operator that
   * a pipeline needs: the values that 1.13 admits are added (neighbours.md §2.1).
   */
  public static CustomResourceDefinition flinkDeployment() {
    var type = CrdFiles.read(FLINK.formatted("flinkdeployments"));
    var schema = type.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    admit(property(schema, "spec", "flinkVersion"), "v2_0", "v2_1", "v2_2");
    admit(property(schema, "status", "lifecycleState"), "DELETING", "DELETED");
    return type;
  }

  /** FlinkStateSnapshot. */
  public static CustomResourceDefinition flinkStateSnapshot() {
    return CrdFiles.read(FLINK.formatted("flinkstatesnapshots"));
  }

  private static JSONSchemaProps property(JSONSchemaProps schema, String... path) {
    JSONSchemaProps found = schema;
    for (String name : path) {
      found = found.getProperties().get(name);
    }
    return found;
  }

  private static void admit(JSONSchemaProps property, String... values) {
    var all = new ArrayList<>(property.getEnum());
    for (String value : values) {
      all.add(new TextNode(value));
    }
    property.setEnum(all);
  }
}
