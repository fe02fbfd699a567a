package dev.millrace.e2e.security;

import dev.millrace.local.process.Installation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pods of rendered objects, as whoever makes them would: controllers, Flink, Spark. */
final class RenderedPods {
  private RenderedPods() {}

  /**
   * A pod and where it comes from.
   *
   * @param component what it does: the value of its component label, with Flink's role
   */
  record Rendered(String origin, String component, Pod pod) {
    @Override
    public String toString() {
      return origin + " " + component;
    }
  }

  /** All pods of the operator's golden folders. */
  static List<Rendered> golden() {
    Path folder = Installation.root().resolve("operator/src/test/resources/golden");
    try (Stream<Path> files = Files.walk(folder)) {
      var pods = new ArrayList<Rendered>();
      for (Path file : files.filter(RenderedPods::isObject).sorted().toList()) {
        String origin = folder.relativize(file).toString();
        pods.addAll(of(origin, Serialization.unmarshal(Files.readString(file))));
      }
      return pods;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isObject(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("out-") && name.endsWith(".yaml");
  }

  /** The pods that come of one object; none of most kinds. */
  static List<Rendered> of(String origin, Object object) {
    if (object instanceof Deployment deployment) {
      return List.of(pod(origin, deployment.getSpec().getTemplate()));
    }
    if (object instanceof StatefulSet set) {
      return List.of(withClaims(pod(origin, set.getSpec().getTemplate()), set));
    }
    if (object instanceof CronJob cronJob) {
      return List.of(pod(origin, cronJob.getSpec().getJobTemplate().getSpec().getTemplate()));
    }
    if (object instanceof Job job) {
      return List.of(pod(origin, job.getSpec().getTemplate()));
    }
    if (object instanceof ConfigMap map && map.getData().containsKey("executor.yaml")) {
      return List.of(SparkExecutor.of(origin, map.getData().get("executor.yaml")));
    }
    if (object instanceof GenericKubernetesResource flink
        && flink.getKind().equals("FlinkDeployment")) {
      return FlinkPods.of(origin, flink);
    }
    return List.of();
  }

  private static Rendered pod(String origin, PodTemplateSpec template) {
    Pod pod =
        new PodBuilder().withMetadata(template.getMetadata()).withSpec(template.getSpec()).build();
    return new Rendered(origin, component(pod), pod);
  }

  /** The StatefulSet's controller adds a volume per claim. */
  private static Rendered withClaims(Rendered rendered, StatefulSet set) {
    var spec = new PodBuilder(rendered.pod()).editSpec();
    set.getSpec()
        .getVolumeClaimTemplates()
        .forEach(
            claim ->
                spec.addNewVolume()
                    .withName(claim.getMetadata().getName())
                    .withNewPersistentVolumeClaim()
                    .withClaimName(claim.getMetadata().getName() + "-0")
                    .endPersistentVolumeClaim()
                    .endVolume());
    return new Rendered(rendered.origin(), rendered.component(), spec.endSpec().build());
  }

  private static String component(HasMetadata pod) {
    var labels = pod.getMetadata().getLabels();
    return labels.getOrDefault("millrace.dev/component", labels.get("app.kubernetes.io/component"));
  }
}
