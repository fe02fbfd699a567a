package dev.millrace.e2e.fault;

import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lives in some lanes at once, on the shared cluster: lives wait more than they work. Register it
 * in a static field.
 */
final class FaultCampaign implements BeforeAllCallback, AfterAllCallback {
  private static final int LANES = Integer.getInteger("campaign.lanes", 4);

  private final QuickClusterExtension shared = QuickClusterExtension.shared();
  private final List<Lane> lanes = new ArrayList<>();
  private BlockingQueue<Lane> idle;
  private SideBySide lives;

  @Override
  public void beforeAll(ExtensionContext context) {
    shared.beforeAll(context);
    lanes.clear(); // of an earlier run of the same class
    lives = new SideBySide(LANES);
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add(new Lane(shared.cluster()));
    }
    idle = new LinkedBlockingQueue<>(lanes);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (lives != null) {
      lives.close();
    }
    lanes.forEach(Lane::close);
    shared.afterAll(context);
  }

  /** The seed of {@code -Dseed}, else a new one; printed, so that a run can be repeated. */
  static long seed(String campaign) {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println(campaign + ": -Dseed=" + seed);
    return seed;
  }

  /** Leads a life as soon as a lane is free. */
  <T> CompletableFuture<T> submit(Function<LifecycleRun, T> life) {
    return lives.begin(() -> inLane(life));
  }

  /** The same once another has ended well. */
  <S, T> CompletableFuture<T> after(
      CompletableFuture<S> first, Function<S, Function<LifecycleRun, T>> life) {
    return lives.after(first, result -> inLane(life.apply(result)));
  }

  /** One more, in a namespace that will not be there afterwards. */
  Lane laneThatGoes() {
    return new Lane(shared.cluster());
  }

  /** Waits for the ends of all lives, good or bad: a test may run alone. */
  void awaitAll() {
    lives.awaitAll();
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
}
