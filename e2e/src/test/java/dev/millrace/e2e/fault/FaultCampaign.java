package dev.millrace.e2e.fault;

import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Lives in some lanes at once, on one cluster: lives wait more than they work. */
final class FaultCampaign implements AutoCloseable {
  private static final int LANES = Integer.getInteger("campaign.lanes", 4);

  private final QuickCluster cluster;
  private final List<Lane> lanes = new ArrayList<>();
  private final BlockingQueue<Lane> idle = new LinkedBlockingQueue<>();
  private final SideBySide lives = new SideBySide(LANES);

  FaultCampaign(QuickCluster cluster) {
    this.cluster = cluster;
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add(new Lane(cluster));
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
    return lives.begin(() -> inLane(life));
  }

  /** The same once another has ended well. */
  <S, T> CompletableFuture<T> after(
      CompletableFuture<S> first, Function<S, Function<LifecycleRun, T>> life) {
    return lives.after(first, result -> inLane(life.apply(result)));
  }

  /** One more, in a namespace that will not be there afterwards. */
  Lane laneThatGoes() {
    return new Lane(cluster);
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

  @Override
  public void close() {
    lives.close();
    lanes.forEach(Lane::close);
  }
}
