package dev.millrace.local.actor.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which KafkaTopic owns a topic of Kafka: the oldest that asked for it, in the same second the
 * first one seen (neighbours.md §1.2). A claim lasts until its resource is deleted.
 */
final class TopicClaims {
  private record Claim(ObjectKey key, String created) {}

  private final Map<String, List<Claim>> claims = new HashMap<>();

  /**
   * Claims a topic.
   *
   * @param created creation time of the resource
   * @return the other resource that owns it, if one does
   */
  synchronized Optional<ObjectKey> claim(String topic, ObjectKey key, String created) {
    List<Claim> all = claims.computeIfAbsent(topic, name -> new ArrayList<>());
    if (all.stream().noneMatch(claim -> claim.key().equals(key))) {
      all.add(new Claim(key, created));
    }
    // ISO instants sort as text; the sort is stable, so the first one seen stays first.
    all.sort(Comparator.comparing(Claim::created));
    ObjectKey owner = all.get(0).key();
    return owner.equals(key) ? Optional.empty() : Optional.of(owner);
  }

  synchronized void forget(ObjectKey key) {
    claims.values().forEach(all -> all.removeIf(claim -> claim.key().equals(key)));
    claims.values().removeIf(List::isEmpty);
  }
}
