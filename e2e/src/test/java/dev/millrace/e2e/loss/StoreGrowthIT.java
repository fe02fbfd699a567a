package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A larger volume for a managed Redis (reliability.md §2, L20): its pod and its data stay. */
class StoreGrowthIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  private static final String CLASS = "growing";

  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    client = CASES.cluster().client();
    client
        .resource(
            new StorageClassBuilder()
                .withNewMetadata()
                .withName(CLASS)
                .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                .endMetadata()
                .withProvisioner("example.org/none")
                .withAllowVolumeExpansion(true)
                .build())
        .create();
  }

  @AfterAll
  static void close() {
    client.storage().v1().storageClasses().withName(CLASS).delete();
  }

  @Test
  void growsAroundThePodOnceTheVolumeHasGrown() {
    var loss = CASES.running("Retain");
    bind(claim(loss));
    Data before = loss.data();
    String set = uids(loss.tenant().children(Kinds.STATEFUL_SET)).get(0);
    List<String> pods = pods(loss);

    loss.set("/online/managed/storage", "\"4Gi\"");

    String wanted =
        "PersistentVolumeClaim "
            + loss.namespace()
            + "/data-card-fraud-redis-0 is smaller than spec.online.managed.storage 4Gi; set its"
            + " spec.resources.requests.storage to 4Gi if its storage class allows that, else set"
            + " the field back";
    loss.until(
        "told to enlarge the volume",
        object -> Conditions.message(object, "OnlineStoreReady").equals(wanted));
    assertThat(uids(loss.tenant().children(Kinds.STATEFUL_SET))).containsExactly(set);

    claim(loss)
        .edit(
            object -> {
              object.getSpec().getResources().setRequests(Map.of("storage", new Quantity("4Gi")));
              return object;
            });

    loss.awaitRunning();
    assertThat(uids(loss.tenant().children(Kinds.STATEFUL_SET))).hasSize(1).doesNotContain(set);
    assertThat(pods).hasSize(1);
    assertThat(pods(loss)).isEqualTo(pods);
    assertThat(loss.data()).isEqualTo(before);
  }

  /** No storage is behind the claims here; the API server lets only bound ones grow. */
  private static void bind(Resource<PersistentVolumeClaim> claim) {
    claim.editStatus(
        object -> {
          object.getStatus().setPhase("Bound");
          return object;
        });
  }

  private static Resource<PersistentVolumeClaim> claim(LossCase loss) {
    return client
        .persistentVolumeClaims()
        .inNamespace(loss.namespace())
        .withName("data-card-fraud-redis-0");
  }

  private static List<String> pods(LossCase loss) {
    return uids(
        client
            .pods()
            .inNamespace(loss.namespace())
            .withLabel("millrace.dev/component", "redis")
            .list()
            .getItems());
  }

  private static List<String> uids(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> object.getMetadata().getUid()).toList();
  }
}
