package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Map;

/**
 * The FlinkStateSnapshot in which a savepoint's path survives its FlinkDeployment (neighbours.md
 * §3); only where that kind is installed.
 */
final class FlinkSnapshots {
  private final CustomKind kind;

  FlinkSnapshots(CustomKind kind) {
    this.kind = kind;
  }

  /** Records a savepoint that exists already. */
  void record(GenericKubernetesResource deployment, String path) {
    if (!kind.exists()) {
      return;
    }
    var metadata = deployment.getMetadata();
    var snapshot = new GenericKubernetesResource();
    snapshot.setApiVersion(deployment.getApiVersion());
    snapshot.setKind("FlinkStateSnapshot");
    snapshot.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName() + "-savepoint-upgrade-" + System.currentTimeMillis())
            .addToLabels("snapshot.type", "SAVEPOINT")
            .addToLabels("snapshot.trigger-type", "UPGRADE")
            .addToLabels("snapshot.state", "COMPLETED")
            .addToLabels("job-reference.kind", "FlinkDeployment")
            .addToLabels("job-reference.name", metadata.getName())
            .build());
    snapshot.setAdditionalProperty(
        "spec",
        Map.of(
            "jobReference",
            Map.of("kind", "FlinkDeployment", "name", metadata.getName()),
            "savepoint",
            Map.of("path", path, "alreadyExists", true, "disposeOnDelete", false)));
    kind.objects().inNamespace(metadata.getNamespace()).resource(snapshot).create();
    String now = Instant.now().toString();
    ObjectWrites.of(kind.objects(), ObjectKey.of(snapshot))
        .status(
            created -> {
              created.setAdditionalProperty(
                  "status",
                  Map.of(
                      "state",
                      "COMPLETED",
                      "path",
                      path,
                      "failures",
                      0,
                      "triggerTimestamp",
                      now,
                      "resultTimestamp",
                      now));
              return created;
            });
  }
}
