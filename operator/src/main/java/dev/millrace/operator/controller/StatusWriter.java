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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Judges whether a status is worth a write. */
  @FunctionalInterface
  interface Worth<S> {
    boolean worthWriting(S previous, S next, Instant lastWrite, Instant now);
  }

  private record Written<T>(long resourceVersion, T status, Instant at) {}

  private final OperatorRuntime runtime;
  private final Supplier<R> empty;
  private final Worth<S> worth;
  private final Map<String, Written<S>> written = new ConcurrentHashMap<>();
  private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

  StatusWriter(OperatorRuntime runtime, Supplier<R> empty, Worth<S> worth) {
    this.runtime = runtime;
    this.empty = empty;
    this.worth = worth;
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
    Written<S> last = written.get(uid);
    Instant lastWrite = last == null ? Instant.EPOCH : last.at();
    if (!worth.worthWriting(resource.getStatus(), next, lastWrite, now)) {
      return false;
    }
    R patch = empty.get();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .withUid(uid)
            .build());
    patch.setStatus(next);
    try {
      R after = runtime.client().resource(patch).subresource("status").patch(APPLY);
      written.put(uid, new Written<>(version(after), next, now));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false; // deleted, or deleted and made anew, meanwhile: there is nothing to say
      }
      uncertain.add(uid);
      throw e;
    }
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
