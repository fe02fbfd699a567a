package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Events about a FlinkDeployment; a repeat counts on the same object (neighbours.md §2.8). */
final class FlinkEvents {
  /** Where the operator says an event comes from. */
  enum Component {
    OPERATOR("Operator"),
    JOB_MANAGER("JobManagerDeployment"),
    JOB("Job");

    private final String shown;

    Component(String shown) {
      this.shown = shown;
    }
  }

  private final KubernetesClient client;
  private final GenericKubernetesResource deployment;

  FlinkEvents(KubernetesClient client, GenericKubernetesResource deployment) {
    this.client = client;
    this.deployment = deployment;
  }

  void normal(Component component, String reason, String message) {
    record("Normal", component, reason, message);
  }

  void warning(Component component, String reason, String message) {
    record("Warning", component, reason, message);
  }

  private void record(String type, Component component, String reason, String message) {
    var metadata = deployment.getMetadata();
    String identity = metadata.getUid() + component.shown + reason + message;
    String name =
        metadata.getName() + "." + Integer.toHexString(identity.hashCode() & Integer.MAX_VALUE);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var resource = client.v1().events().inNamespace(metadata.getNamespace()).withName(name);
    Event present = resource.get();
    Event event =
        new EventBuilder(present == null ? new Event() : present)
            .editOrNewMetadata()
            .withNamespace(metadata.getNamespace())
            .withName(name)
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(deployment.getApiVersion())
            .withKind(deployment.getKind())
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .endInvolvedObject()
            .withType(type)
            .withReason(reason)
            .withMessage(message)
            .withNewSource()
            .withComponent(component.shown)
            .endSource()
            .withFirstTimestamp(present == null ? now : present.getFirstTimestamp())
            .withLastTimestamp(now)
            .withCount(present == null ? 1 : present.getCount() + 1)
            .build();
    var all = client.v1().events().inNamespace(metadata.getNamespace());
    try {
      if (present == null) {
        all.resource(event).create();
      } else {
        all.resource(event).update();
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      // A namespace that goes takes no Events; that must not keep a deployment in it.
      System.err.println("no Event " + reason + " of " + metadata.getName() + ": " + e.getCode());
    }
  }
}
