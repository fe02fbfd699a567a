package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.fault.Trace.StepTrace;
import dev.millrace.e2e.neighbour.Kinds;
import dev.millrace.e2e.proxy.ApiCall;
import dev.millrace.e2e.proxy.RecordedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.awaitility.core.ConditionFactory;

/**
 * Leads a pipeline through a life, undisturbed or with something going wrong in some steps, and
 * compares where each step leads to.
 */
final class LifecycleRun {
  /** Longer than two resyncs of the operator under test (2 s). */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  /** The minute that is promised, and more on a machine that does other things too. */
  private static final Duration LONGEST_STEP =
      Duration.ofSeconds(60L * Integer.getInteger("slowness", 1));

  private final Lane lane;
  private final FaultSession session;
  private final Subject subject;
  private final Map<String, String> dataUids = new HashMap<>();

  LifecycleRun(Lane lane) {
    this.lane = lane;
    session = lane.session();
    subject = lane.subject();
  }

  Lane lane() {
    return lane;
  }

  /** An undisturbed life: the measure of all others. */
  Trace undisturbed(Lifecycle lifecycle) {
    begin();
    var steps = new ArrayList<StepTrace>();
    for (var step : lifecycle.steps()) {
      int before = session.requests().size();
      take(step);
      var end = settled();
      steps.add(new StepTrace(end, writes(before)));
    }
    end(lifecycle.keepsData());
    return new Trace(lifecycle, steps);
  }

  /**
   * A life in which things go wrong.
   *
   * @param disturbances by index of the step
   * @param struck is called for each that happened
   */
  void disturbed(
      Trace expected,
      Map<Integer, Disturbance> disturbances,
      BiConsumer<Step, Disturbance> struck) {
    begin();
    for (int index = 0; index < expected.steps().size(); index++) {
      var step = expected.lifecycle().steps().get(index);
      var disturbance = disturbances.get(index);
      if (disturbance != null) {
        disturbance.arm(session.plan(), session::kill);
      }
      take(step);
      if (disturbance != null) {
        disturbance.late(session.plan(), session::kill);
      }
      awaitSame(step, expected.steps().get(index).end());
      session.plan().heal();
      if (disturbance != null && disturbance.struck()) {
        struck.accept(step, disturbance);
      }
    }
    end(expected.lifecycle().keepsData());
  }

  /** An empty namespace and a running operator. */
  void begin() {
    lane.heal();
    session.ensureRunning();
    subject.delete(); // what a life that failed has left
    patiently("the end of the life before").until(subject::isGone);
    subject.clear();
    patiently("an empty namespace").until(subject::isClear);
    lane.takeLostTopics();
    dataUids.clear();
    lane.observer().reset();
    session.awaitReady();
  }

  /** Does it and waits until it is done, the operator being started whenever it is dead. */
  void take(Step step) {
    step.action().accept(lane);
    patiently(step.name())
        .untilAsserted(
            () -> {
              session.ensureRunning();
              keepsData();
              assertThat(step.done().test(lane)).as("%s: %s", step, subject.summary()).isTrue();
            });
  }

  private void awaitSame(Step step, EndState wanted) {
    patiently("the end of " + step)
        .untilAsserted(
            () -> {
              session.ensureRunning();
              keepsData();
              assertThat(wanted.differences(EndState.of(subject, lane.children()))).isEmpty();
            });
  }

  /** The state once nothing has changed for a while. */
  private EndState settled() {
    var last = new EndState[] {EndState.of(subject, lane.children())};
    var since = new long[] {System.nanoTime()};
    patiently("no more change")
        .until(
            () -> {
              var now = EndState.of(subject, lane.children());
              if (!now.equals(last[0])) {
                last[0] = now;
                since[0] = System.nanoTime();
              }
              return System.nanoTime() - since[0] > SETTLED.toNanos();
            });
    return last[0];
  }

  /** No data object is ever replaced by another one of its name. */
  private void keepsData() {
    for (var kind : Kinds.DATA) {
      for (var object : lane.children().of(kind, subject.namespace())) {
        var name = kind.getKind() + " " + object.getMetadata().getName();
        var uid = object.getMetadata().getUid();
        assertThat(dataUids.merge(name, uid, (before, now) -> before))
            .as(name + " is still the first one")
            .isEqualTo(uid);
      }
    }
  }

  /** What has to be true after every deletion. */
  void end(boolean keepsData) {
    assertThat(session.crashes()).as("ends of the operator that nobody asked for").isZero();
    assertThat(lane.observer().violations()).as("lies of the status").isEmpty();
    for (var kind : Kinds.COMPUTE) {
      patiently("no " + kind.getKind() + " is left").until(() -> subject.children(kind).isEmpty());
    }
    var lost = lane.takeLostTopics();
    if (keepsData) {
      assertThat(lost).as("topics that were lost").isEmpty();
    } else {
      assertThat(lost).as("topics that were to be deleted").hasSize(3);
    }
  }

  private List<ApiCall> writes(int from) {
    return session.requests().stream()
        .skip(from)
        .map(RecordedRequest::call)
        .filter(ApiCall::writes)
        .toList();
  }

  static ConditionFactory patiently(String what) {
    return await(what).atMost(LONGEST_STEP).pollInterval(Duration.ofMillis(250));
  }
}
