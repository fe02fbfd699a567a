package dev.millrace.e2e.fault;

import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.neighbour.Children;
import dev.millrace.e2e.neighbour.Json;
import dev.millrace.e2e.neighbour.Kinds;
import dev.millrace.e2e.neighbour.QuickNeighbours;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A tenant namespace with an operator of its own behind a proxy of its own: what goes wrong here
 * goes wrong nowhere else, so lives run side by side.
 */
final class Lane implements AutoCloseable {
  private static final String RELEASE = "test/flink-job:1";
  private static final String NEXT_RELEASE = "test/flink-job:2";

  /** Waits that also a busy machine keeps. */
  private static final OperatorOptions WAITS =
      OperatorOptions.ALONE
          .with("savepointWaitSeconds", "20")
          .with("topicReleaseWaitSeconds", "8")
          .with("cleanUpWaitSeconds", "90");

  private final QuickNeighbours neighbours;
  private final FaultSession session;
  private final Subject subject;
  private final StatusObserver observer;
  private final AtomicReference<String> flinkImage = new AtomicReference<>(RELEASE);

  Lane(QuickCluster cluster) {
    neighbours = cluster.neighbours();
    subject = new Subject(cluster.tenant());
    var options = WAITS.with("watchNamespaces", "[" + subject.namespace() + "]");
    session =
        new FaultSession(
            cluster.controlPlane().adminConfig(),
            address ->
                cluster.startOperator(options.behind(address).with("flink", flinkImage.get())));
    observer = new StatusObserver(subject, cluster.client());
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
            .allMatch(job -> Json.tree(job).at("/spec/image").asText().equals(NEXT_RELEASE));
  }

  /** Names of topics whose data is gone, since the last call. */
  List<String> takeLostTopics() {
    return neighbours.takeLostTopics(subject.namespace());
  }

  void flinkAway(boolean is) {
    neighbours.flinkAway(subject.namespace(), is);
  }

  void topicsAway(boolean is) {
    neighbours.topicsAway(subject.namespace(), is);
  }

  /** Lets a new version replay for ever, or take over once it has replayed. */
  void holdReplay(boolean is) {
    neighbours.holdReplay(subject.namespace(), is);
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
