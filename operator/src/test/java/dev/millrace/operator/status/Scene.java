package dev.millrace.operator.status;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.observe.JobFailure;
import dev.millrace.operator.observe.JobFigures;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.observe.WantedState;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one reconcile found, all well at first; tests break it. */
final class Scene {
  static final Instant NOW = TestCatalogue.NOW;
  static final String ID = "0123456789abcdef0123456789abcdef";
  static final ChildRef EVENTS = new ChildRef("KafkaTopic", "kafka", "fraud-payments-tx-5d0c91be");
  static final ChildRef DEFINITION = new ChildRef("ConfigMap", "fraud", "card-fraud-9a1f");
  static final ChildRef POLICY = new ChildRef("NetworkPolicy", "fraud", "card-fraud-stream");
  static final ChildRef REDIS = new ChildRef("StatefulSet", "fraud", "card-fraud-redis");
  static final ChildRef SERVICE = new ChildRef("Service", "fraud", "card-fraud-redis");
  static final ChildRef JOB = new ChildRef("FlinkDeployment", "fraud", "card-fraud-v3");
  static final ChildRef NEXT_JOB = new ChildRef("FlinkDeployment", "fraud", "card-fraud-v4");

  long generation = 7;
  PipelinePlan plan = Plans.pipeline();
  PlanResult<PipelinePlan> planned;
  Optional<PlanDiff> diff = Optional.empty();
  boolean deployed = true;
  int servedVersion = 3;
  List<MissingReference> missing = new ArrayList<>();
  List<ApplyFailure> failures = new ArrayList<>();
  Map<ChildRef, ChildHealth> children = new LinkedHashMap<>();
  List<JobObservation> jobs = new ArrayList<>();
  Optional<String> heldBack = Optional.empty();
  Optional<String> deleting = Optional.empty();

  /** A pipeline that runs. */
  static Scene running() {
    return new Scene().with(Plans.pipeline());
  }

  Scene with(PipelinePlan other) {
    plan = other;
    planned = new PlanResult.Valid<>(other, List.of());
    children.clear();
    children.put(EVENTS, ChildHealth.READY);
    if (other.online() instanceof OnlinePlan.Managed) {
      children.put(SERVICE, ChildHealth.READY);
      children.put(REDIS, ChildHealth.READY);
    }
    children.put(POLICY, ChildHealth.READY);
    children.put(DEFINITION, ChildHealth.READY);
    children.put(JOB, ChildHealth.READY);
    jobs.clear();
    WantedState wanted = other.suspended() ? WantedState.SUSPENDED : WantedState.RUNNING;
    jobs.add(
        new JobObservation(
            3, JOB.name(), wanted, Optional.of(view("STABLE", "RUNNING")), figures(3), 0));
    return this;
  }

  Scene child(ChildRef ref, ChildHealth health) {
    children.put(ref, health);
    return this;
  }

  Scene without(ChildRef ref) {
    children.remove(ref);
    return this;
  }

  Scene job(JobObservation job) {
    jobs.removeIf(known -> known.version() == job.version());
    jobs.add(job);
    return this;
  }

  JobObservation job(int version) {
    return jobs.stream().filter(job -> job.version() == version).findFirst().orElseThrow();
  }

  /** The served job said why it failed, after its last checkpoint. */
  Scene failing(Reason reason, String text) {
    JobObservation job = job(3);
    JobFigures known = job.figures().orElseThrow();
    return job(
        job.with(
            new JobFigures(
                ID,
                known.report(),
                known.lastCheckpoint(),
                1,
                Optional.of(new JobFailure(reason, text, NOW)))));
  }

  /** Version 4 replays beside version 3. */
  Scene replaying(long percent) {
    plan = Plans.pipeline(Plans.PIPELINE.replace("version: 3", "version: 4"));
    planned = new PlanResult.Valid<>(plan, List.of());
    children.put(NEXT_JOB, ChildHealth.READY);
    long end = NOW.toEpochMilli();
    long start = end - 25 * 3_600_000L;
    long clock = start + (end - start) * percent / 100;
    var report = JobReport.of(4).withClock(clock, start, 3, end);
    var found =
        new JobFigures(
            ID, Optional.of(report), Optional.of(NOW.minusSeconds(20)), 0, Optional.empty());
    return job(
        new JobObservation(
            4,
            NEXT_JOB.name(),
            WantedState.RUNNING,
            Optional.of(view("STABLE", "RUNNING")),
            Optional.of(found),
            0));
  }

  PipelineOutcome outcome() {
    return new PipelineOutcome(
        generation,
        planned,
        diff,
        deployed ? Optional.of(plan) : Optional.empty(),
        servedVersion,
        missing,
        failures,
        children.entrySet().stream()
            .map(child -> ChildObservation.of(child.getKey(), child.getValue()))
            .toList(),
        jobs,
        heldBack,
        deleting);
  }

  FeaturePipelineStatus after(FeaturePipelineStatus previous) {
    return PipelineStatuses.next(previous, outcome(), NOW);
  }

  static Optional<JobFigures> figures(int version) {
    JobReport report =
        JobReport.of(version)
            .withClock(millis(30), millis(90_000), version, millis(30))
            .withCheckpoint(9, new Accounting(100, 97, 2, 1, 0, 0, 180, 180), false);
    return Optional.of(
        new JobFigures(
            ID, Optional.of(report), Optional.of(NOW.minusSeconds(40)), 0, Optional.empty()));
  }

  static long millis(long secondsAgo) {
    return NOW.minusSeconds(secondsAgo).toEpochMilli();
  }

  static FlinkView view(String lifecycle, String job) {
    return new FlinkView(
        2,
        2,
        true,
        lifecycle,
        "READY",
        job,
        ID,
        Optional.of(NOW.minusSeconds(3600)),
        Optional.of("s3a://features/savepoint-1"),
        Optional.empty(),
        NOW.minusSeconds(7200));
  }
}
