package dev.millrace.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Release;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart on a real API server: everything is accepted, and data outlives it. */
class ChartInstallIT {
  @RegisterExtension static final OwnControlPlane PLANE = new OwnControlPlane();

  private static final List<String> CRDS =
      List.of("featurepipelines.millrace.dev", "labelwindows.millrace.dev");

  private final Chart chart = Chart.shipped(PLANE.controlPlane().kubeconfig());

  @AfterEach
  void uninstall() {
    chart.uninstallWithoutHooks();
    PLANE.client().secrets().inNamespace(Chart.NAMESPACE).withName("storage").delete();
  }

  @ParameterizedTest
  @MethodSource("dev.millrace.e2e.chart.Chart#matrix")
  void everyObjectIsAcceptedAndEveryPodAdmitted(String file) throws IOException {
    if (file.startsWith("least")) {
      provideWhatIsSwitchedOff();
    }

    Release release = chart.install(Chart.values(file));

    assertThat(release.getStatus()).isEqualTo("deployed");
    Deployment deployment = deployment();
    await("pods of " + file)
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(pods()).isEqualTo(deployment.getSpec().getReplicas()));
  }

  @Test
  void aTypoInstallsNothing() {
    assertThatThrownBy(() -> chart.install("watchNamespace: [fraud]"))
        .hasMessageContaining("watchNamespace");
    assertThat(deployment()).isNull();
  }

  @Test
  void thePipelineOfTheNotesIsAccepted() {
    String notes = chart.install("tenants: [fraud]").getOutput();
    int start = notes.indexOf("<<'EOF'\n") + "<<'EOF'\n".length();
    String sample = notes.substring(start, notes.indexOf("\nEOF", start));

    var pipeline = Serialization.unmarshal(sample, FeaturePipeline.class);
    var created = PLANE.client().resource(pipeline).create();

    assertThat(created.getMetadata().getUid()).isNotEmpty();
    PLANE.client().resource(created).delete();
  }

  @Test
  void copiesOfSecretsOutliveTheirSource() {
    String values =
        """
        tenants: [fraud]
        replicateSecrets: true
        connections:
          redis: [{name: a, host: redis, credentialsSecret: absent}]
          storage: [{name: a, location: "s3a://a", credentialsSecret: storage}]
        """;
    PLANE.client().resource(secret("first")).create();
    String notes = chart.install(values).getOutput();
    assertThat(copy()).isEqualTo("first");
    assertThat(notes)
        .contains("WARNING: Secret fraud/absent does not exist")
        .doesNotContain("Secret fraud/storage does not exist");

    PLANE.client().resource(secret("second")).update();
    chart.upgrade(values);
    assertThat(copy()).isEqualTo("second");

    PLANE.client().resource(secret("second")).delete();
    chart.upgrade(values);
    assertThat(copy()).isEqualTo("second");
  }

  @Test
  void anUpgradeBringsTheNewCrdsAndRestartsNothing() throws IOException {
    Path older = older();
    new Chart(older, chart.kubeconfig()).install("{}");
    assertThat(description()).contains("Schema revision 0");
    Long generation = deployment().getMetadata().getGeneration();

    chart.upgrade("{}");

    assertThat(description()).contains("Schema revision 1");
    assertThat(deployment().getMetadata().getGeneration()).isEqualTo(generation);
  }

  @Test
  void crdsStayWhenTheyAreSwitchedOffOrTheChartGoes() {
    chart.install("{}");
    chart.upgrade("crds: {enabled: false}");
    CRDS.forEach(name -> assertThat(crd(name)).as("%s, switched off", name).isNotNull());

    chart.uninstallWithoutHooks();
    CRDS.forEach(name -> assertThat(crd(name)).as("%s, uninstalled", name).isNotNull());

    chart.install("{}");
    CRDS.forEach(
        name -> assertThat(crd(name).getMetadata().getDeletionTimestamp()).as(name).isNull());
  }

  private void provideWhatIsSwitchedOff() {
    PLANE
        .client()
        .serviceAccounts()
        .inNamespace(Chart.NAMESPACE)
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("provided")
                .endMetadata()
                .build())
        .create();
  }

  /** This chart with an older schema, as a release before it would have been. */
  private static Path older() throws IOException {
    Path copy = PLANE.folder().resolve("older");
    try (var files = Files.walk(Chart.SHIPPED)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path path = Chart.SHIPPED.relativize(file);
        if (path.startsWith("templates") || path.startsWith("files") || isTopFile(path)) {
          Files.createDirectories(copy.resolve(path).getParent());
          Files.writeString(
              copy.resolve(path),
              Files.readString(file).replace("Schema revision 1", "Schema revision 0"));
        }
      }
    }
    return copy;
  }

  private static boolean isTopFile(Path path) {
    return path.getNameCount() == 1 && !path.toString().startsWith(".");
  }

  private static Deployment deployment() {
    return PLANE
        .client()
        .apps()
        .deployments()
        .inNamespace(Chart.NAMESPACE)
        .withName("millrace")
        .get();
  }

  private static int pods() {
    return PLANE
        .client()
        .pods()
        .inNamespace(Chart.NAMESPACE)
        .withLabels(Map.of("app.kubernetes.io/component", "operator"))
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList()
        .size();
  }

  private static CustomResourceDefinition crd(String name) {
    return PLANE.client().apiextensions().v1().customResourceDefinitions().withName(name).get();
  }

  private static String description() {
    return crd(CRDS.get(0))
        .getSpec()
        .getVersions()
        .get(0)
        .getSchema()
        .getOpenAPIV3Schema()
        .getDescription();
  }

  private static Secret secret(String value) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("storage")
        .withNamespace(Chart.NAMESPACE)
        .endMetadata()
        .withStringData(Map.of("credentials", value))
        .build();
  }

  private static String copy() {
    Secret copy = PLANE.client().secrets().inNamespace("fraud").withName("storage").get();
    return new String(Base64.getDecoder().decode(copy.getData().get("credentials")));
  }
}
