package dev.millrace.e2e.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Flink operator without a Flink behind it (neighbours.md §2): start, upgrade by savepoint,
 * suspend, resume and deletion take a pass each, and go through the same states. A campaign needs
 * hundreds of jobs; the scenarios next door run real ones.
 */
final class QuickFlink extends Neighbour {
  private static final String FINALIZER = "flinkdeployments.flink.apache.org/finalizer";

  private final Map<String, QuickJob> jobs = new ConcurrentHashMap<>();

  QuickFlink(KubernetesClient client, Children children) {
    super(client, children, Kinds.FLINK);
  }

  /** The job of a deployment; null while none runs. */
  QuickJob job(String namespace, String deployment) {
    return jobs.get(namespace + "/" + deployment);
  }

  /** All that run. */
  List<QuickJob> jobs() {
    return List.copyOf(jobs.values());
  }

  @Override
  void pass() {
    super.pass();
    var left = ours().stream().map(QuickFlink::key).toList();
    jobs.keySet().retainAll(left);
  }

  @Override
  void look(GenericKubernetesResource deployment) {
    if (isDeleted(deployment)) {
      jobs.remove(key(deployment));
      release(deployment, FINALIZER);
      return;
    }
    var spec = tree(deployment).path("spec");
    boolean suspended = spec.at("/job/state").asText().equals("suspended");
    if (suspended && tree(deployment).path("status").isMissingNode()) {
      return; // created suspended: the real one never says a word
    }
    hold(deployment, FINALIZER);
    var job = jobs.get(key(deployment));
    if (suspended) {
      jobs.remove(key(deployment));
      say(deployment, new Said("SUSPENDED", "MISSING", "FINISHED", idOf(deployment)));
    } else if (job == null || !job.spec().equals(spec)) {
      start(deployment, spec, job);
    } else {
      say(deployment, new Said("STABLE", "READY", "RUNNING", job.id()));
    }
  }

  /** One pass in which the job does not run, whatever follows. */
  private void start(GenericKubernetesResource deployment, JsonNode spec, QuickJob before) {
    var labels = deployment.getMetadata().getLabels();
    var job =
        new QuickJob(
            spec,
            UUID.randomUUID().toString().replace("-", ""),
            Integer.parseInt(labels.get("millrace.dev/version")),
            labels.get("millrace.dev/owner-uid"),
            System.currentTimeMillis());
    jobs.put(key(deployment), job);
    var state = before == null ? "DEPLOYED" : "UPGRADING";
    say(deployment, new Said(state, "DEPLOYING", "RECONCILING", job.id()));
  }

  private record Said(String lifecycle, String jobManager, String job, String id) {}

  private void say(GenericKubernetesResource deployment, Said said) {
    var job = new LinkedHashMap<String, Object>();
    job.put("state", said.job());
    job.put("jobId", said.id());
    if (said.job().equals("FINISHED")) {
      job.put("upgradeSavepointPath", "file:/savepoints/" + said.id());
    }
    status(
        deployment,
        Map.of(
            "observedGeneration",
            deployment.getMetadata().getGeneration(),
            "lifecycleState",
            said.lifecycle(),
            "jobManagerDeploymentStatus",
            said.jobManager(),
            "jobStatus",
            job));
  }

  private static String idOf(GenericKubernetesResource deployment) {
    return tree(deployment).at("/status/jobStatus/jobId").asText();
  }

  private static String key(GenericKubernetesResource deployment) {
    return deployment.getMetadata().getNamespace() + "/" + deployment.getMetadata().getName();
  }
}
