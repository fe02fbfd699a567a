package dev.millrace.e2e.fault;

import dev.millrace.e2e.platform.Platform;
import dev.millrace.e2e.platform.PlatformExtension;
import dev.millrace.local.actor.cluster.ClusterActors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;

/**
 * Lives in some lanes at once, on one platform with quick neighbours in the place of the real
 * actors: lives wait more than they work.
 */
final class FaultCampaign implements AutoCloseable {
  private static final int LANES = Integer.getInteger("campaign.lanes", 4);

  private final Platform platform;
  private final QuickNeighbours neighbours;
  private final List<Lane> lanes = new ArrayList<>();
  private final BlockingQueue<Lane> idle = new LinkedBlockingQueue<>();
  private final List<CompletableFuture<?>> lives = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(LANES);

  FaultCampaign(PlatformExtension extension) {
    platform = extension.platform();
    extension.stopOperator();
    for (var neighbour : ClusterActors.Neighbour.values()) {
      platform.actors().stop(neighbour);
    }
    neighbours = new QuickNeighbours(platform.client());
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add(new Lane(platform, neighbours, platform.tenant()));
    }
    idle.addAll(lanes);
  }

  /** The seed of {@code -Dseed}, else a new one; printed, so that a run can be repeated. */
  static long seed(String campaign) {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println(campaign + ": -Dseed=" + seed);
    return seed;
  }

  /** Leads a life as soon as a lane is free. */
  <T> CompletableFuture<T> submit(Function<LifecycleRun, T> life) {
    return noted(CompletableFuture.supplyAsync(() -> inLane(life), threads));
  }

  /** The same once another has ended well. */
  <S, T> CompletableFuture<T> after(
      CompletableFuture<S> first, Function<S, Function<LifecycleRun, T>> life) {
    return noted(first.thenApplyAsync(result -> inLane(life.apply(result)), threads));
  }

  private <T> CompletableFuture<T> noted(CompletableFuture<T> life) {
    lives.add(life);
    return life;
  }

  /** The test that waits for a life and passes if it ended well. */
  static DynamicTest test(String name, CompletableFuture<?> life) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            life.join();
          } catch (CompletionException e) {
            throw e.getCause();
          }
        });
  }

  /** One more, in a namespace that will not be there afterwards. */
  Lane laneThatGoes() {
    return new Lane(platform, neighbours, platform.tenant());
  }

  /** Waits for the ends of all lives, good or bad: a test may run alone. */
  void awaitAll() {
    lives.forEach(life -> life.handle((end, failure) -> end).join());
  }

  /** How many statuses were judged so far. */
  int looks() {
    return lanes.stream().mapToInt(lane -> lane.observer().looks()).sum();
  }

  private <T> T inLane(Function<LifecycleRun, T> life) {
    Lane lane = null;
    try {
      lane = idle.take();
      return life.apply(new LifecycleRun(lane));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the campaign was closed", e);
    } finally {
      if (lane != null) {
        idle.add(lane);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    lanes.forEach(Lane::close);
    neighbours.close();
    for (var neighbour : ClusterActors.Neighbour.values()) {
      platform.actors().start(neighbour);
    }
  }
}
