package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.function.UnaryOperator;

/**
 * Writes under optimistic lock, each repeated from a fresh read when another writer was first.
 *
 * @param <T> type of the object
 */
final class ObjectWrites<T extends HasMetadata> {
  private static final int ATTEMPTS = 20;

  private final NonNamespaceOperation<T, ?, ? extends Resource<T>> objects;
  private final String name;

  private ObjectWrites(NonNamespaceOperation<T, ?, ? extends Resource<T>> objects, String name) {
    this.objects = objects;
    this.name = name;
  }

  static <T extends HasMetadata> ObjectWrites<T> of(
      MixedOperation<T, ?, ? extends Resource<T>> objects, ObjectKey key) {
    return new ObjectWrites<>(objects.inNamespace(key.namespace()), key.name());
  }

  /** The object as it is now, or null. */
  T read() {
    return objects.withName(name).get();
  }

  /**
   * Puts a status.
   *
   * @param edit gets the object as it is and returns it with its new status, or null to leave it;
   *     may be called again
   * @return the object as it is now, or null when it is gone
   */
  T status(UnaryOperator<T> edit) {
    return locked(edit, Resource::updateStatus);
  }

  /** Adds a finalizer; does nothing when it is there, or the object is gone. */
  T addFinalizer(String finalizer) {
    return locked(
        object -> {
          var finalizers = new ArrayList<>(object.getMetadata().getFinalizers());
          if (finalizers.contains(finalizer)) {
            return null;
          }
          finalizers.add(finalizer);
          object.getMetadata().setFinalizers(finalizers);
          return object;
        },
        Resource::update);
  }

  /** Removes a finalizer; does nothing when it is not there, or the object is gone. */
  T removeFinalizer(String finalizer) {
    return locked(
        object -> {
          var finalizers = new ArrayList<>(object.getMetadata().getFinalizers());
          if (!finalizers.remove(finalizer)) {
            return null;
          }
          object.getMetadata().setFinalizers(finalizers);
          return object;
        },
        Resource::update);
  }

  private T locked(UnaryOperator<T> edit, UnaryOperatorOn<T> write) {
    for (int attempt = 1; ; attempt++) {
      T object = read();
      T edited = object == null ? null : edit.apply(object);
      if (edited == null) {
        return object;
      }
      try {
        return write.apply(objects.resource(edited));
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return null;
        }
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private interface UnaryOperatorOn<T> {
    T apply(Resource<T> resource);
  }
}
