package dev.millrace.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.security.RenderedPods.Rendered;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every pod we render, at a namespace that enforces Pod Security restricted (D5). */
class PodsIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static final List<Rendered> PODS = new ArrayList<>();
  private static String namespace;

  @BeforeAll
  static void render() throws IOException {
    namespace = QUICK.cluster().tenant().namespace();
    PODS.clear();
    PODS.addAll(RenderedPods.golden());
    PODS.addAll(ChartPods.all(QUICK.cluster().plane().folder().resolve("visible-hooks")));
    provideServiceAccounts();
  }

  @Test
  void everyPodIsAdmitted() {
    assertThat(PODS)
        .extracting(Rendered::component)
        .contains(
            "jobManager",
            "taskManager",
            "redis",
            "extract",
            "executor",
            "clean-up",
            "operator",
            "uninstall");
    for (Rendered rendered : PODS) {
      assertThat(admit(rendered.pod()).getSpec().getContainers()).as("%s", rendered).isNotEmpty();
    }
  }

  /** So that the test above can fail: one thing wrong is enough, in whatever pod. */
  @Test
  void aPodWithOneThingWrongIsRefused() {
    for (Rendered rendered : onePerComponent()) {
      for (PodHarm harm : PodHarm.values()) {
        assertThatThrownBy(() -> admit(harm.harm(rendered.pod())))
            .as("%s with %s", rendered, harm)
            .hasMessageContaining("violates PodSecurity \"restricted");
      }
    }
  }

  /** What restricted does not ask for: reliability.md §3.2. */
  @Test
  void noPodWritesItsImageOrHasATokenItDoesNotNeed() {
    Set<String> callers = Set.of("jobManager", "taskManager", "extract", "operator", "uninstall");
    for (Rendered rendered : PODS) {
      var spec = rendered.pod().getSpec();
      assertThat(spec.getContainers())
          .as("%s", rendered)
          .allMatch(container -> container.getSecurityContext().getReadOnlyRootFilesystem());
      assertThat(spec.getAutomountServiceAccountToken()).as("%s", rendered).isNotNull();
      if (!callers.contains(rendered.component())) {
        assertThat(spec.getAutomountServiceAccountToken()).as("%s", rendered).isFalse();
      }
      assertThat(spec.getContainers())
          .as("%s: no variable is filled from a Secret", rendered)
          .allMatch(container -> container.getEnvFrom().isEmpty())
          .flatMap(container -> container.getEnv())
          .noneMatch(
              variable ->
                  variable.getValueFrom() != null
                      && variable.getValueFrom().getSecretKeyRef() != null);
    }
  }

  private static List<Rendered> onePerComponent() {
    var seen = new HashSet<String>();
    return PODS.stream().filter(rendered -> seen.add(rendered.component())).toList();
  }

  private static Pod admit(Pod pod) {
    Pod placed =
        new PodBuilder(pod)
            .withMetadata(
                new ObjectMetaBuilder(pod.getMetadata())
                    .withNamespace(namespace)
                    .withGenerateName("rendered-")
                    .build())
            .build();
    return QUICK
        .cluster()
        .client()
        .pods()
        .inNamespace(namespace)
        .resource(placed)
        .dryRun(true)
        .create();
  }

  /** A pod whose service account is missing is refused for that alone. */
  private static void provideServiceAccounts() {
    PODS.stream()
        .map(rendered -> rendered.pod().getSpec().getServiceAccountName())
        .filter(Objects::nonNull)
        .distinct()
        .forEach(
            name ->
                QUICK
                    .cluster()
                    .client()
                    .resource(
                        new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .serverSideApply());
  }
}
