package dev.millrace.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.JavaCommand;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out: the hook runs with its own few rights, resources stay, nothing hangs. */
class ChartUninstallIT {
  @RegisterExtension static final OwnControlPlane PLANE = new OwnControlPlane();

  private static final String FINALIZER = "millrace.dev/finalizer";
  private static final String HOOK = "millrace-uninstall";

  private final Chart chart = Chart.shipped(PLANE.controlPlane().kubeconfig());

  @AfterEach
  void uninstall() {
    var pipelines = PLANE.client().resources(FeaturePipeline.class).inNamespace("fraud");
    for (FeaturePipeline pipeline : pipelines.list().getItems()) {
      pipelines.resource(pipeline).edit(ChartUninstallIT::withoutFinalizers);
      pipelines.resource(pipeline).delete();
    }
    chart.uninstallWithoutHooks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "watchNamespaces: [fraud]"})
  void resourcesStayAndNothingHangs(String values) throws Exception {
    chart.install(values);
    FeaturePipeline pipeline = pipeline();
    var uninstalling = CompletableFuture.runAsync(chart::uninstall);
    Pod pod =
        await("pod of the hook")
            .atMost(Duration.ofSeconds(30))
            .until(ChartUninstallIT::hookPod, found -> found != null);
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo(HOOK);

    assertThat(run(pod)).as("exit code of the hook").isZero();
    assertThat(operatorPods()).as("the operator is stopped first").isEmpty();
    succeed(pod);

    assertThat(uninstalling).succeedsWithin(Duration.ofSeconds(60));
    assertThat(finalizers(pipeline)).containsExactly("example.org/other");
    assertThat(leftovers()).isEmpty();
  }

  /** What the kubelet would start, with the token it would mount. */
  private static int run(Pod pod) throws IOException {
    Path folder = Files.createDirectories(PLANE.folder().resolve("hook")).toAbsolutePath();
    ConfigMap files =
        PLANE.client().configMaps().inNamespace(Chart.NAMESPACE).withName("millrace").get();
    for (Map.Entry<String, String> file : files.getData().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    Path kubeconfig = folder.resolve("kubeconfig");
    PLANE
        .controlPlane()
        .writeKubeconfig(kubeconfig, PLANE.controlPlane().tokenFor(Chart.NAMESPACE, HOOK));
    var arguments = new ArrayList<>(pod.getSpec().getContainers().get(0).getArgs());
    arguments.set(0, folder.toString());
    List<String> command =
        JavaCommand.withClassPath(System.getProperty("java.class.path"), folder.resolve("cp.args"))
            .add(
                "-Xmx128m",
                "-Dkubeconfig=" + kubeconfig,
                "-Dkubernetes.auth.tryServiceAccount=false")
            .add("dev.millrace.operator.controller.OperatorMain")
            .addAll(arguments)
            .words();
    try (var hook =
        ChildProcess.start(
            "hook",
            command,
            Map.of("KUBECONFIG", kubeconfig.toString()),
            folder,
            folder.resolve("hook.log"))) {
      return hook.exit().join();
    }
  }

  private static Pod hookPod() {
    return PLANE
        .client()
        .pods()
        .inNamespace(Chart.NAMESPACE)
        .withLabel("job-name", HOOK)
        .list()
        .getItems()
        .stream()
        .findFirst()
        .orElse(null);
  }

  private static List<Pod> operatorPods() {
    return PLANE
        .client()
        .pods()
        .inNamespace(Chart.NAMESPACE)
        .withLabel("app.kubernetes.io/component", "operator")
        .list()
        .getItems();
  }

  private static void succeed(Pod pod) {
    PLANE
        .client()
        .resource(pod)
        .editStatus(
            running ->
                new PodBuilder(running)
                    .editOrNewStatus()
                    .withPhase("Succeeded")
                    .endStatus()
                    .build());
  }

  private static FeaturePipeline pipeline() throws IOException {
    Path sample =
        Path.of(System.getProperty("millrace.root"), "crds/src/main/samples/valid/minimal.yaml");
    var pipeline = Serialization.unmarshal(Files.readString(sample), FeaturePipeline.class);
    pipeline.getMetadata().setFinalizers(List.of(FINALIZER, "example.org/other"));
    return PLANE.client().resource(pipeline).create();
  }

  private static List<String> finalizers(FeaturePipeline pipeline) {
    return PLANE.client().resource(pipeline).get().getMetadata().getFinalizers();
  }

  private static FeaturePipeline withoutFinalizers(FeaturePipeline pipeline) {
    pipeline.getMetadata().setFinalizers(List.of());
    return pipeline;
  }

  /** Objects of the chart that are still there, those that hold data aside. */
  private static List<String> leftovers() {
    var labels = Map.of("app.kubernetes.io/instance", Chart.RELEASE);
    var client = PLANE.client();
    var left = new ArrayList<String>();
    client
        .rbac()
        .clusterRoles()
        .withLabels(labels)
        .list()
        .getItems()
        .forEach(role -> left.add("ClusterRole " + role.getMetadata().getName()));
    client
        .rbac()
        .clusterRoleBindings()
        .withLabels(labels)
        .list()
        .getItems()
        .forEach(binding -> left.add("ClusterRoleBinding " + binding.getMetadata().getName()));
    client
        .rbac()
        .roles()
        .inAnyNamespace()
        .withLabels(labels)
        .list()
        .getItems()
        .forEach(role -> left.add("Role " + role.getMetadata().getName()));
    client
        .rbac()
        .roleBindings()
        .inAnyNamespace()
        .withLabels(labels)
        .list()
        .getItems()
        .forEach(binding -> left.add("RoleBinding " + binding.getMetadata().getName()));
    client
        .serviceAccounts()
        .inAnyNamespace()
        .withLabels(labels)
        .list()
        .getItems()
        .forEach(account -> left.add("ServiceAccount " + account.getMetadata().getName()));
    client
        .apps()
        .deployments()
        .inAnyNamespace()
        .withLabels(labels)
        .list()
        .getItems()
        .forEach(deployment -> left.add("Deployment " + deployment.getMetadata().getName()));
    return left;
  }
}
