package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of every object of a kind: those that exist, and each change. It waits for a kind that does
 * not exist yet, and goes on after the kind or the server was away.
 *
 * @param <T> type of the objects
 */
final class ObjectFeed<T extends HasMetadata> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectFeed.class);
  private static final long RETRY_MILLIS = 500;

  /** Whether an update is worth a pass. */
  static final BiPredicate<HasMetadata, HasMetadata> ANY_CHANGE =
      (before, after) ->
          !Objects.equals(
              before.getMetadata().getResourceVersion(), after.getMetadata().getResourceVersion());

  /** The predicate of controllers that look at the spec only. */
  static final BiPredicate<HasMetadata, HasMetadata> NEW_GENERATION =
      (before, after) ->
          !Objects.equals(before.getMetadata().getGeneration(), after.getMetadata().getGeneration())
              || !Objects.equals(
                  before.getMetadata().getDeletionTimestamp(),
                  after.getMetadata().getDeletionTimestamp())
              || !Objects.equals(before.getMetadata().getUid(), after.getMetadata().getUid());

  private final Supplier<SharedIndexInformer<T>> source;
  private final BiPredicate<? super T, ? super T> worthAPass;
  private final Consumer<ObjectKey> told;
  private final Thread thread;
  private volatile boolean closed;
  private SharedIndexInformer<T> informer;

  private ObjectFeed(
      String name,
      Supplier<SharedIndexInformer<T>> source,
      BiPredicate<? super T, ? super T> worthAPass,
      Consumer<ObjectKey> told) {
    this.source = source;
    this.worthAPass = worthAPass;
    this.told = told;
    thread = new Thread(this::connect, name + " feed");
    thread.setDaemon(true);
  }

  /**
   * Starts a feed.
   *
   * @param source a new informer that has not been started; throws while the kind does not exist
   */
  static <T extends HasMetadata> ObjectFeed<T> start(
      String name,
      Supplier<SharedIndexInformer<T>> source,
      BiPredicate<? super T, ? super T> worthAPass,
      Consumer<ObjectKey> told) {
    var feed = new ObjectFeed<>(name, source, worthAPass, told);
    feed.thread.start();
    return feed;
  }

  private void connect() {
    while (!closed) {
      SharedIndexInformer<T> next = null;
      try {
        next = source.get();
        next.addEventHandler(handler());
        next.exceptionHandler((started, failure) -> started && !closed);
        next.start().toCompletableFuture().get();
        synchronized (this) {
          informer = next;
        }
        if (closed) {
          next.stop();
        }
        return;
      } catch (InterruptedException e) {
        return; // closed
      } catch (java.util.concurrent.ExecutionException | KubernetesClientException e) {
        LOG.debug("{} starts again", thread.getName(), e);
        if (next != null) {
          next.stop();
        }
      }
      if (!pause()) {
        return;
      }
    }
  }

  private boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false; // closed
    }
  }

  private ResourceEventHandler<T> handler() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        told.accept(ObjectKey.of(object));
      }

      @Override
      public void onUpdate(T before, T after) {
        if (worthAPass.test(before, after)) {
          told.accept(ObjectKey.of(after));
        }
      }

      @Override
      public void onDelete(T object, boolean finalStateUnknown) {
        told.accept(ObjectKey.of(object));
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    synchronized (this) {
      if (informer != null) {
        informer.stop();
      }
    }
  }
}
