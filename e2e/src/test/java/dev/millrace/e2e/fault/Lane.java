package dev.millrace.e2e.fault;

import dev.millrace.e2e.platform.Platform;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A tenant namespace with an operator of its own behind a proxy of its own: what goes wrong here
 * goes wrong nowhere else, so lives run side by side.
 */
final class Lane implements AutoCloseable {
  private static final String RELEASE = "test/flink-job:1";
  private static final String NEXT_RELEASE = "test/flink-job:2";

  private final QuickNeighbours neighbours;
  private final FaultSession session;
  private final Subject subject;
  private final StatusObserver observer;
  private final AtomicReference<String> flinkImage = new AtomicReference<>(RELEASE);

  Lane(Platform platform, QuickNeighbours neighbours, String namespace) {
    this.neighbours = neighbours;
    var settings = new PlatformOperator.Settings(namespace, neighbours.jobRest(), flinkImage::get);
    session =
        new FaultSession(
            platform.controlPlane().adminConfig(),
            address -> new PlatformOperator(platform, address, settings));
    subject = new Subject(platform.client(), namespace);
    observer = new StatusObserver(subject, platform.client());
  }

  Children children() {
    return neighbours.children();
  }

  FaultSession session() {
    return session;
  }

  Subject subject() {
    return subject;
  }

  StatusObserver observer() {
    return observer;
  }

  /** Ends the operator; the one that follows is of the next release, with another job image. */
  void upgrade() {
    flinkImage.set(NEXT_RELEASE);
    session.kill();
  }

  /** Whether the jobs run the image of the next release. */
  boolean isUpgraded() {
    var jobs = children().of(Kinds.FLINK, subject.namespace());
    return !jobs.isEmpty()
        && jobs.stream()
            .allMatch(job -> Neighbour.tree(job).at("/spec/image").asText().equals(NEXT_RELEASE));
  }

  /** Names of topics whose data is gone, since the last call. */
  List<String> takeLostTopics() {
    return neighbours.topics().takeDeleted(subject.namespace());
  }

  void flinkAway(boolean is) {
    neighbours.flink().away(subject.namespace(), is);
  }

  void topicsAway(boolean is) {
    neighbours.topics().away(subject.namespace(), is);
  }

  /** Lets a new version replay for ever, or take over once it has replayed. */
  void holdReplay(boolean is) {
    neighbours.rest().hold(subject.namespace(), is);
  }

  /** Nothing is in the way any more, and the release is the first again. */
  void heal() {
    session.plan().heal();
    flinkAway(false);
    topicsAway(false);
    holdReplay(false);
    if (!flinkImage.getAndSet(RELEASE).equals(RELEASE)) {
      session.kill();
    }
  }

  @Override
  public void close() {
    observer.close();
    session.close();
  }
}
