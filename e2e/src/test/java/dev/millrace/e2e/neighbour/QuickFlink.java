package dev.millrace.e2e.neighbour;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Flink operator without a Flink behind it (neighbours.md §2): start, upgrade by savepoint,
 * suspend, resume and deletion take a pass each, and go through the same states. A campaign needs
 * hundreds of jobs; the scenarios next door run real ones.
 */
final class QuickFlink extends Neighbour {
  private static final String FINALIZER = "flinkdeployments.flink.apache.org/finalizer";

  private static final String SAVEPOINT_ERROR =
      """
      {"type": "org.apache.flink.kubernetes.operator.exception.UpgradeFailureException",
       "message": "Savepoint Error",
       "throwableList": [{"type": "org.apache.flink.runtime.checkpoint.CheckpointException",
                          "message": "Failure to finalize checkpoint."}]}
      """;

  private final Map<String, QuickJob> jobs = new ConcurrentHashMap<>();
  private final Set<String> withoutSavepoints = ConcurrentHashMap.newKeySet();

  QuickFlink(KubernetesClient client, Children children) {
    super(client, children, Kinds.FLINK);
  }

  /** The job of a deployment; null while none runs. */
  QuickJob job(String namespace, String deployment) {
    return jobs.get(namespace + "/" + deployment);
  }

  /** Lets the savepoints of a tenant's jobs fail, or succeed again. */
  void savepointsFail(String tenant, boolean is) {
    if (is) {
      withoutSavepoints.add(tenant);
    } else {
      withoutSavepoints.remove(tenant);
      lookAgain();
    }
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
    var spec = Json.tree(deployment).path("spec");
    boolean suspended = spec.at("/job/state").asText().equals("suspended");
    if (suspended && Json.tree(deployment).path("status").isMissingNode()) {
      return; // created suspended: the real one never says a word
    }
    hold(deployment, FINALIZER);
    var job = jobs.get(key(deployment));
    boolean stops = job != null && !job.spec().equals(spec);
    if (stops && withoutSavepoints.contains(Children.tenant(deployment))) {
      status(deployment, Map.of("error", SAVEPOINT_ERROR)); // the job runs on, as it was
    } else if (suspended) {
      jobs.remove(key(deployment));
      say(deployment, new Said("SUSPENDED", "MISSING", "FINISHED", idOf(deployment)));
    } else if (job == null || stops) {
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
    if (said.job().equals("FINISHED") || said.lifecycle().equals("UPGRADING")) {
      job.put("upgradeSavepointPath", "file:/savepoints/" + idOf(deployment));
    }
    var status = new LinkedHashMap<String, Object>();
    status.put("observedGeneration", deployment.getMetadata().getGeneration());
    status.put("lifecycleState", said.lifecycle());
    status.put("jobManagerDeploymentStatus", said.jobManager());
    status.put("jobStatus", job);
    if (Json.tree(deployment).at("/status/error").asText().equals(SAVEPOINT_ERROR)) {
      status.put("error", null);
    }
    status(deployment, status);
  }

  private static String idOf(GenericKubernetesResource deployment) {
    return Json.tree(deployment).at("/status/jobStatus/jobId").asText();
  }

  private static String key(GenericKubernetesResource deployment) {
    return deployment.getMetadata().getNamespace() + "/" + deployment.getMetadata().getName();
  }
}
