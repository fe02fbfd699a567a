package dev.millrace.operator.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/**
 * Tells a cache that was never filled from a cluster that is empty: from the first nothing may be
 * concluded, least of all that something is gone (reliability.md §1).
 */
final class FilledCaches {
  private final KubernetesClient client;

  FilledCaches(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes sure that a cache was filled.
   *
   * @param apiPath path of the kind's API, such as {@code /apis/apps/v1}
   * @throws KubernetesClientException what the API server says to the same list, or that the cache
   *     needs a moment more
   */
  void require(InformerEventSource<?, ?> source, String apiPath, String plural) {
    source.informerHealthIndicators().keySet().forEach(at -> require(source, apiPath, plural, at));
  }

  /** The same of the part for one namespace; of all if the cache is not divided. */
  void requireIn(
      InformerEventSource<?, ?> source, String apiPath, String plural, String namespace) {
    String whole = Constants.WATCH_ALL_NAMESPACES;
    boolean divided = !source.informerHealthIndicators().containsKey(whole);
    require(source, apiPath, plural, divided ? namespace : whole);
  }

  private void require(
      InformerEventSource<?, ?> source, String apiPath, String plural, String namespace) {
    var part = source.informerHealthIndicators().get(namespace);
    if (part == null || part.hasSynced()) {
      return;
    }
    boolean everywhere = namespace.equals(Constants.WATCH_ALL_NAMESPACES);
    String place = everywhere ? "" : "/namespaces/" + namespace;
    client.raw(apiPath + place + "/" + plural + "?limit=1", "GET", null);
    throw new KubernetesClientException("the cache of " + plural + " is not filled yet");
  }
}
