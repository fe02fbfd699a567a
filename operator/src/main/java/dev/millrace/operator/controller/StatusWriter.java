package dev.millrace.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes statuses: one server-side apply of the status alone per change. It remembers what it wrote
 * last, because the cache may lag behind a moment.
 *
 * @param <S> the status
 * @param <R> the resource
 */
final class StatusWriter<S, R extends CustomResource<?, S>> {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(ChildApplier.FIELD_MANAGER)
          .withForce(true)
          .build();

  /** Others may write a resource as fast as they can; after that the reconcile is tried again. */
  private static final int MOST_ATTEMPTS = 10;

  /** Judges whether a status is worth a write. */
  @FunctionalInterface
  interface Worth<S> {
    boolean worthWriting(S previous, S next, Instant lastWrite, Instant now);
  }

  private record Written<T>(long resourceVersion, T status, Instant at) {}

  private final OperatorRuntime runtime;
  private final Supplier<R> empty;
  private final Worth<S> worth;
  private final Function<S, Long> observedGeneration;

  /** Counts as the last write of every status, or each start would write all of them. */
  private final Instant start;

  private final Map<String, Written<S>> written = new ConcurrentHashMap<>();
  private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

  /**
   * @param observedGeneration reads {@code status.observedGeneration}
   */
  StatusWriter(
      OperatorRuntime runtime,
      Supplier<R> empty,
      Worth<S> worth,
      Function<S, Long> observedGeneration) {
    this.runtime = runtime;
    this.empty = empty;
    this.worth = worth;
    this.observedGeneration = observedGeneration;
    start = runtime.clock().instant();
  }

  /**
   * The newest status that is known: the cached one, or what was written after it. After a write
   * whose outcome is unknown the server is asked, or times of transition would move again.
   */
  S previous(R resource) {
    String uid = resource.getMetadata().getUid();
    if (uncertain.contains(uid)) {
      R stored = runtime.client().resource(resource).get();
      uncertain.remove(uid);
      if (stored != null && stored.getStatus() != null) {
        Instant now = runtime.clock().instant();
        written.put(uid, new Written<>(version(stored), stored.getStatus(), now));
      }
    }
    return known(resource);
  }

  /** Whether a write of this resource's status failed and it was not read again since. */
  boolean uncertain(R resource) {
    return uncertain.contains(resource.getMetadata().getUid());
  }

  private S known(R resource) {
    Written<S> last = written.get(resource.getMetadata().getUid());
    return last != null && last.resourceVersion() > version(resource)
        ? last.status()
        : resource.getStatus();
  }

  /**
   * Writes a status if it is worth it, compared with the one that the resource holds: {@link
   * #previous}.
   *
   * @return whether it was written
   */
  boolean write(R resource, S next, Instant now) {
    String uid = resource.getMetadata().getUid();
    if (!isWorthWriting(resource, next, now)) {
      return false;
    }
    boolean observes = !Objects.equals(observed(resource.getStatus()), observed(next));
    try {
      Optional<R> after =
          observes ? observe(resource, next) : Optional.of(apply(resource, next, null));
      after.ifPresent(stored -> written.put(uid, new Written<>(version(stored), next, now)));
      return after.isPresent();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || isConflict(e) && !observes) {
        return false; // deleted, or deleted and made anew, meanwhile: there is nothing to say
      }
      uncertain.add(uid);
      throw e;
    }
  }

  /**
   * Moves the observed generation, unless a deletion has begun: from then on it is frozen, or a
   * {@code deletionPolicy: Delete} that nobody had seen in time would count (reliability.md §2,
   * L2). So the server takes this write only on top of a version that we saw without a deletion.
   */
  private Optional<R> observe(R resource, S next) {
    for (int attempt = 1; ; attempt++) {
      R stored = runtime.client().resource(resource).get();
      if (stored == null
          || !stored.getMetadata().getUid().equals(resource.getMetadata().getUid())
          || stored.getMetadata().getDeletionTimestamp() != null) {
        return Optional.empty();
      }
      try {
        return Optional.of(apply(resource, next, stored.getMetadata().getResourceVersion()));
      } catch (KubernetesClientException e) {
        if (!isConflict(e) || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * @param expectedVersion resource version to write on; null for any
   */
  private R apply(R resource, S next, String expectedVersion) {
    R patch = empty.get();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .withUid(resource.getMetadata().getUid())
            .withResourceVersion(expectedVersion)
            .build());
    patch.setStatus(next);
    return runtime.client().resource(patch).subresource("status").patch(APPLY);
  }

  private Long observed(S status) {
    return status == null ? null : observedGeneration.apply(status);
  }

  private static boolean isConflict(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  /** Whether {@link #write} would write. */
  boolean isWorthWriting(R resource, S next, Instant now) {
    Written<S> last = written.get(resource.getMetadata().getUid());
    return worth.worthWriting(resource.getStatus(), next, last == null ? start : last.at(), now);
  }

  /** Forgets a resource that is gone. */
  void forget(HasMetadata resource) {
    written.remove(resource.getMetadata().getUid());
    uncertain.remove(resource.getMetadata().getUid());
  }

  private static long version(HasMetadata resource) {
    String version = resource.getMetadata().getResourceVersion();
    return version == null ? -1 : Long.parseLong(version);
  }
}
