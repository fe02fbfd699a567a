package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.Canaries;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every connection's Secret holds words of this run, and they turn up nowhere else, however much
 * the operator logs (reliability.md §5, D4).
 */
class CanaryIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static final OperatorOptions TALKATIVE =
      OperatorOptions.ALONE.withVariable("MILLRACE_LOG_LEVEL", "TRACE");

  private final KubernetesClient client = QUICK.cluster().client();
  private final Places places = new Places(client);

  @Test
  void noSecretIsAnywhereButInItsSecret() {
    var words = new ArrayList<>(QUICK.cluster().canaries().words());
    var tenant = QUICK.cluster().tenant();
    try (var operator = QUICK.cluster().startOperator(TALKATIVE).awaitReady()) {
      var lives = new Lives(tenant);
      refusedByQuota(tenant, operator);
      lives.createManaged("Delete").createWindow("Delete").run();
      words.addAll(generated(tenant.namespace()));
      places.look(operator);
      lives.newVersion().registeredStore();
      places.look(operator);
      words.add(rotate(tenant));
      damage(tenant, operator);
      lives.suspendAndResume();
      tenant.delete(WINDOW, Samples.WINDOW);
      places.look(operator);
      lives.deleteWindow().delete();
      places.look(operator);
    }
    assertThat(words).as("one generated and one rotated beside those of connections").hasSize(8);
    assertThat(places.find(words)).as("places with a secret").isEmpty();
    System.out.printf(
        "%d secrets in %d kinds of places: 0 hits%n", words.size(), places.all().size());
  }

  /** What the API server says about a Secret that it refuses is said on. */
  private void refusedByQuota(Tenant tenant, OperatorProcess operator) {
    var quota =
        client
            .resource(
                new ResourceQuotaBuilder()
                    .withNewMetadata()
                    .withName("no-secrets")
                    .withNamespace(tenant.namespace())
                    .endMetadata()
                    .withNewSpec()
                    .addToHard("count/secrets", new Quantity("0"))
                    .endSpec()
                    .build())
            .create();
    tenant.create(Samples.managedRedis("Delete"));
    tenant.until(
        PIPELINE,
        Samples.PIPELINE,
        "refused by quota",
        object -> object.toString().contains("quota"));
    places.look(operator);
    client.resource(quota).delete();
    tenant.deleteAndWait(PIPELINE, Samples.PIPELINE);
  }

  /** The words of Secrets that the operator made. */
  private List<String> generated(String namespace) {
    return client
        .secrets()
        .inNamespace(namespace)
        .withLabel("millrace.dev/owner-uid")
        .list()
        .getItems()
        .stream()
        .map(secret -> decode(secret.getData().get("password")))
        .toList();
  }

  private static String decode(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private String rotate(Tenant tenant) {
    String word = Canaries.create();
    edit(tenant, "password", word.getBytes(StandardCharsets.UTF_8));
    return word;
  }

  /** No text any more; what is wrong is said without it. */
  private void damage(Tenant tenant, OperatorProcess operator) {
    String before = edit(tenant, "password", HexFormat.of().parseHex("c3284142"));
    tenant.until(
        PIPELINE,
        Samples.PIPELINE,
        "told that its Secret is damaged",
        object -> object.toString().contains("is not UTF-8"));
    places.look(operator);
    edit(tenant, "password", Base64.getDecoder().decode(before));
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
  }

  private String edit(Tenant tenant, String key, byte[] value) {
    var secrets = client.secrets().inNamespace(tenant.namespace()).withName(Canaries.REDIS);
    Secret secret = secrets.require();
    String before = secret.getData().put(key, Base64.getEncoder().encodeToString(value));
    client.resource(secret).update();
    return before;
  }

  /** So that the test above can fail: planted in each kind of place, in each form, it is found. */
  @Test
  void aSecretIsFoundWhereverItIs() throws IOException {
    String word = Canaries.create();
    String name = "cnry" + word.replaceAll("[^0-9a-f]", "").substring(0, 16);
    var tenant = QUICK.cluster().tenant();
    List<String> forms = List.copyOf(CanaryForms.of(word));
    Process process = planted(word);
    try (var operator = QUICK.cluster().startOperator(TALKATIVE).awaitReady()) {
      plant(tenant.namespace(), forms);
      tenant.create(Samples.pipeline("Retain").replace("card-fraud", name));
      tenant.awaitReady(PIPELINE, name, "Running");
      places.look(operator);
      places.add("thread dump", Places.threads(process.pid()));
      tenant.deleteAndWait(PIPELINE, name);
    } finally {
      process.destroy();
    }
    assertThat(places.find(List.of(word)))
        .isEqualTo(
            Set.of(
                "object configmaps",
                "object events",
                "process cmdline",
                "process environ",
                "thread dump"));
    assertThat(places.find(List.of(name)))
        .contains("log", "metrics", "object featurepipelines", "object flinkdeployments")
        .contains("object kafkatopics", "object networkpolicies");
    for (String form : forms) {
      assertThat(places.texts("object configmaps")).anyMatch(text -> text.contains(form));
    }
  }

  private static Process planted(String word) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Path.of("target", "test-classes").toString(),
            PlantedProcess.class.getName(),
            word);
    builder.environment().put("PASSWORD", word);
    return builder.start();
  }

  private void plant(String namespace, List<String> forms) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("planted")
                .withNamespace(namespace)
                .endMetadata()
                .addToData("all", "before " + String.join(" ", forms) + " after")
                .build())
        .create();
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName("planted")
                .withNamespace(namespace)
                .endMetadata()
                .withNewInvolvedObject()
                .withNamespace(namespace)
                .endInvolvedObject()
                .withReason("Planted")
                .withMessage("no access with " + forms.get(0))
                .build())
        .create();
  }
}
