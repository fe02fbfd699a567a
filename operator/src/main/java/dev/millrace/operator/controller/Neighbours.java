package dev.millrace.operator.controller;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which kinds of other operators the API server knows, by discovery. Their definitions may be
 * installed after us, so an answer of "no" is asked again.
 */
final class Neighbours {
  /** How long a kind that is not there is not asked for again. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Clock clock;
  private final Map<ChildKind, Instant> askAgain = new ConcurrentHashMap<>();
  private final Map<ChildKind, Boolean> served = new ConcurrentHashMap<>();
  private final Map<ChildKind, String> remedies = new ConcurrentHashMap<>();

  Neighbours(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Whether objects of that kind can be read and written. */
  boolean serves(ChildKind kind) {
    if (kind.builtIn() || served.containsKey(kind)) {
      return true;
    }
    Instant now = clock.instant();
    Instant next = askAgain.get(kind);
    if (next != null && now.isBefore(next)) {
      return false;
    }
    boolean found = isServed(kind, kind.groupVersion());
    if (found) {
      served.put(kind, true);
    } else {
      remedies.put(kind, kind.remedy(otherVersions(kind)));
      askAgain.put(kind, now.plus(PATIENCE));
    }
    return found;
  }

  /** What an administrator does about a kind that was not served when it was last asked for. */
  String remedy(ChildKind kind) {
    return remedies.getOrDefault(kind, kind.remedy(List.of()));
  }

  /** An older installation serves the kind, but not as we write it. */
  private List<String> otherVersions(ChildKind kind) {
    APIGroup group = client.getApiGroup(kind.group());
    return group == null
        ? List.of()
        : group.getVersions().stream()
            .filter(version -> isServed(kind, version.getGroupVersion()))
            .map(GroupVersionForDiscovery::getVersion)
            .toList();
  }

  private boolean isServed(ChildKind kind, String groupVersion) {
    APIResourceList resources = client.getApiResources(groupVersion);
    return resources != null
        && resources.getResources().stream()
            .anyMatch(resource -> resource.getName().equals(kind.plural()));
  }
}
