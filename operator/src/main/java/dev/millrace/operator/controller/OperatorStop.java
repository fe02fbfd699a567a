package dev.millrace.operator.controller;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the operator before its finalizers are released: one that still ran would put them back.
 */
final class OperatorStop {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorStop.class);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final KubernetesClient client;

  OperatorStop(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Scales the operator's Deployment to zero and waits until its pods are gone.
   *
   * @param deployment {@code <namespace>/<name>}
   */
  void run(String deployment) {
    String[] parts = deployment.split("/", 2);
    var named = client.apps().deployments().inNamespace(parts[0]).withName(parts[1]);
    Deployment operator = named.get();
    if (operator == null) {
      LOG.info("Deployment {} is gone already", deployment);
      return;
    }
    named.subresource("scale").patch(MERGE, "{\"spec\":{\"replicas\":0}}");
    awaitNoPods(parts[0], operator.getSpec().getSelector().getMatchLabels());
    LOG.info("Deployment {} has no pod any more", deployment);
  }

  private void awaitNoPods(String namespace, Map<String, String> labels) {
    var gone =
        client.pods().inNamespace(namespace).withLabels(labels).informOnCondition(List::isEmpty);
    try {
      gone.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("the operator's pods in " + namespace + " do not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      gone.cancel(true);
    }
  }
}
