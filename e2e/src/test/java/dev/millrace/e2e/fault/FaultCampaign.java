package dev.millrace.e2e.fault;

import dev.millrace.e2e.platform.Platform;
import dev.millrace.e2e.platform.PlatformExtension;
import dev.millrace.local.actor.cluster.ClusterActors;
import java.util.Random;

/**
 * Everything one campaign needs, in one tenant namespace: the platform with quick neighbours in the
 * place of the real actors, a session, the pipeline under test and an observer of its status.
 */
final class FaultCampaign implements AutoCloseable {
  private final Platform platform;
  private final QuickNeighbours neighbours;
  private final FaultSession session;
  private final Subject subject;
  private final StatusObserver observer;

  FaultCampaign(PlatformExtension extension) {
    platform = extension.platform();
    extension.stopOperator();
    for (var neighbour : ClusterActors.Neighbour.values()) {
      platform.actors().stop(neighbour);
    }
    neighbours = new QuickNeighbours(platform.client());
    session =
        new FaultSession(
            platform.controlPlane().adminConfig(),
            address -> new PlatformOperator(platform, address, neighbours.jobRest()));
    subject = new Subject(platform.client(), extension.namespace());
    observer = new StatusObserver(subject);
  }

  /** The seed of {@code -Dseed}, else a new one; printed, so that a run can be repeated. */
  static long seed(String campaign) {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println(campaign + ": -Dseed=" + seed);
    return seed;
  }

  LifecycleRun run() {
    return new LifecycleRun(session, subject, neighbours, observer);
  }

  FaultSession session() {
    return session;
  }

  Subject subject() {
    return subject;
  }

  QuickNeighbours neighbours() {
    return neighbours;
  }

  StatusObserver observer() {
    return observer;
  }

  @Override
  public void close() {
    observer.close();
    session.close();
    neighbours.close();
    for (var neighbour : ClusterActors.Neighbour.values()) {
      platform.actors().start(neighbour);
    }
  }
}
