package dev.millrace.e2e.loss;

import dev.millrace.e2e.fault.Kinds;
import java.util.ArrayList;
import java.util.List;

/**
 * All that holds data of one tenant at a moment: records by topic, volumes and credentials by UID.
 *
 * @param lines one each, sorted
 */
record Data(List<String> lines) {
  static Data of(LossCluster cluster, String namespace) {
    var lines = new ArrayList<String>();
    cluster
        .neighbours()
        .recordsInKafka(namespace)
        .forEach((topic, records) -> lines.add("topic " + topic + ": " + records + " records"));
    for (var kind : List.of(Kinds.CLAIM, Kinds.SECRET)) {
      cluster
          .client()
          .genericKubernetesResources(kind)
          .inNamespace(namespace)
          .withLabel("app.kubernetes.io/managed-by", "millrace")
          .list()
          .getItems()
          .forEach(
              object ->
                  lines.add(
                      kind.getKind()
                          + " "
                          + object.getMetadata().getName()
                          + " "
                          + object.getMetadata().getUid()));
    }
    lines.sort(null);
    return new Data(List.copyOf(lines));
  }
}
