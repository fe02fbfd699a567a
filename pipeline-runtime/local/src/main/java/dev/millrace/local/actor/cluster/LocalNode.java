package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The one Node, which every pod is bound to, and the addresses of its pods. */
final class LocalNode {
  static final String NAME = "local";

  /** Loopback and link-local addresses are refused in EndpointSlices; nothing listens on these. */
  static final String ADDRESS = "10.77.0.1";

  private static final int ADDRESSES_PER_BLOCK = 250;
  private final AtomicInteger pods = new AtomicInteger();

  String nextPodAddress() {
    int next = pods.getAndIncrement();
    return "10.78."
        + next / ADDRESSES_PER_BLOCK % ADDRESSES_PER_BLOCK
        + "."
        + (next % ADDRESSES_PER_BLOCK + 2);
  }

  /** Registers the node, once. */
  static void register(KubernetesClient client) {
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NAME)
            .addToLabels("kubernetes.io/hostname", NAME)
            .addToLabels("kubernetes.io/os", "linux")
            .endMetadata()
            .build();
    try {
      client.nodes().resource(node).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    Node registered = client.nodes().withName(NAME).get();
    client.nodes().resource(ready(registered)).updateStatus();
  }

  private static Node ready(Node node) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Quantity> room =
        Map.of(
            "cpu", new Quantity("64"),
            "memory", new Quantity("256Gi"),
            "pods", new Quantity("1000"));
    return new NodeBuilder(node)
        .withNewStatus()
        .withCapacity(room)
        .withAllocatable(room)
        .addNewAddress()
        .withType("InternalIP")
        .withAddress(ADDRESS)
        .endAddress()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withReason("KubeletReady")
        .withLastHeartbeatTime(now)
        .withLastTransitionTime(now)
        .endCondition()
        .endStatus()
        .build();
  }
}
