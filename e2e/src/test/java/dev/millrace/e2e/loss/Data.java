package dev.millrace.e2e.loss;

import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.e2e.neighbour.Kinds;
import java.util.ArrayList;
import java.util.List;

/**
 * All that holds data of one tenant at a moment: records by topic, volumes and credentials by UID.
 *
 * @param lines one each, sorted
 */
record Data(List<String> lines) {
  static Data of(QuickCluster cluster, Tenant tenant) {
    var lines = new ArrayList<String>();
    cluster
        .neighbours()
        .recordsInKafka(tenant.namespace())
        .forEach((topic, records) -> lines.add("topic " + topic + ": " + records + " records"));
    for (var kind : List.of(Kinds.CLAIM, Kinds.SECRET)) {
      for (var object : tenant.children(kind)) {
        var metadata = object.getMetadata();
        lines.add(kind.getKind() + " " + metadata.getName() + " " + metadata.getUid());
      }
    }
    lines.sort(null);
    return new Data(List.copyOf(lines));
  }

  /** Volumes and credentials alone. */
  List<String> objects() {
    return lines.stream().filter(line -> !line.startsWith("topic ")).toList();
  }

  /** Names of topics and objects, without what is in them. */
  List<String> names() {
    return lines.stream().map(line -> line.split(" ")[1].replace(":", "")).toList();
  }
}
