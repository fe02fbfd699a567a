package dev.millrace.e2e.security;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One thing that Pod Security restricted forbids. */
enum PodHarm {
  ESCALATION(container(context -> context.withAllowPrivilegeEscalation(null))),
  CAPABILITY(
      container(context -> context.withNewCapabilities().addToAdd("NET_ADMIN").endCapabilities())),
  ROOT(container(context -> context.withRunAsUser(0L))),
  ROOT_ALLOWED(container(context -> context.withRunAsNonRoot(false))),
  UNCONFINED(
      container(
          context -> context.withNewSeccompProfile().withType("Unconfined").endSeccompProfile())),
  HOST_NETWORK(pod -> new PodBuilder(pod).editSpec().withHostNetwork(true).endSpec().build()),
  HOST_PROCESSES(pod -> new PodBuilder(pod).editSpec().withHostPID(true).endSpec().build()),
  HOST_PATH(
      pod ->
          new PodBuilder(pod)
              .editSpec()
              .addNewVolume()
              .withName("host")
              .withNewHostPath("/", null)
              .endVolume()
              .endSpec()
              .build());

  private final UnaryOperator<Pod> change;

  PodHarm(UnaryOperator<Pod> change) {
    this.change = change;
  }

  Pod harm(Pod pod) {
    return change.apply(pod);
  }

  private static UnaryOperator<Pod> container(Consumer<SecurityContextBuilder> edit) {
    return pod -> {
      var before = pod.getSpec().getContainers().get(0).getSecurityContext();
      var context = new SecurityContextBuilder(before);
      edit.accept(context);
      return new PodBuilder(pod)
          .editSpec()
          .editFirstContainer()
          .withSecurityContext(context.build())
          .endContainer()
          .endSpec()
          .build();
    };
  }
}
