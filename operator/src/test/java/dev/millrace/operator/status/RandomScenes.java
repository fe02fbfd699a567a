package dev.millrace.operator.status;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.Absence;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.JobFailure;
import dev.millrace.operator.observe.JobFigures;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Anything that one reconcile may find, from a seed. */
final class RandomScenes {
  private static final Reason[] REASONS = Reason.values();
  private static final PlanResult<PipelinePlan> REFUSED =
      Plans.planned(Plans.PIPELINE.replace("windows: [1h]", "windows: [7s]"));
  private static final List<PlanDiff> DIFFS =
      List.of(
          Plans.diff(Plans.PIPELINE),
          Plans.diff(
              Plans.PIPELINE.replace("{name: payments.tx}", "{name: payments.tx, retention: 40d}")),
          Plans.diff(Plans.PIPELINE.replace("[5m, 1h]", "[5m, 2h]")),
          Plans.diff(
              Plans.PIPELINE.replace("version: 3", "version: 4").replace("[5m, 1h]", "[5m, 2h]")));

  private final Random random;

  RandomScenes(Random random) {
    this.random = random;
  }

  Scene next() {
    Scene scene = Scene.running();
    scene.generation = 6 + random.nextInt(3);
    if (one(5)) {
      scene.with(Plans.suspended());
    } else if (one(5)) {
      scene.with(Plans.managedRedis());
    } else if (one(4)) {
      scene.replaying(random.nextInt(120));
    }
    spec(scene);
    children(scene);
    scene.jobs.replaceAll(job -> one(2) ? observed(job) : job);
    if (one(8)) {
      scene.jobs.remove(random.nextInt(scene.jobs.size()));
    }
    if (one(8)) {
      scene.heldBack = Optional.of("generation 7 waits");
    }
    if (one(8)) {
      scene.deleting = Optional.of("waits for jobs");
    }
    if (one(8)) {
      scene.deployed = false;
      scene.servedVersion = 0;
    }
    return scene;
  }

  private void spec(Scene scene) {
    if (one(6)) {
      scene.planned = REFUSED;
    } else if (one(6)) {
      scene.planned = new PlanResult.Waiting<>(List.of(Absence.secret("fraud", "redis")));
    } else if (one(2)) {
      scene.diff = Optional.of(DIFFS.get(random.nextInt(DIFFS.size())));
    }
    if (one(6)) {
      scene.missing.add(Absence.serviceAccount("fraud", "millrace-flink"));
    }
  }

  private void children(Scene scene) {
    for (ChildRef ref : List.copyOf(scene.children.keySet())) {
      if (one(6)) {
        scene.child(ref, health());
      } else if (one(10)) {
        scene.without(ref);
      }
      if (one(12)) {
        scene.failures.add(ApplyFailure.of(ref, reason(), text()));
      }
    }
    if (one(10)) {
      for (int i = random.nextInt(90); i > 0; i--) {
        scene.child(new ChildRef("ConfigMap", "fraud", "c" + i), health());
      }
    }
  }

  private ChildHealth health() {
    return switch (random.nextInt(3)) {
      case 0 -> ChildHealth.READY;
      case 1 -> new ChildHealth.Progressing(reason(), text());
      default -> new ChildHealth.Refused(reason(), text());
    };
  }

  private JobObservation observed(JobObservation job) {
    long clock = Scene.millis(random.nextInt(400));
    JobReport report =
        JobReport.of(job.version())
            .withClock(clock, clock - random.nextInt(90_000_000), 3, Scene.millis(0))
            .withCheckpoint(1, new Accounting(1, 1, 0, 0, 0, 0, 1, 1), one(3));
    var figures =
        new JobFigures(
            one(6) ? "f".repeat(32) : Scene.ID,
            one(4) ? Optional.empty() : Optional.of(report),
            one(4) ? Optional.empty() : Optional.of(Scene.NOW.minusSeconds(random.nextInt(900))),
            random.nextInt(16),
            one(2)
                ? Optional.empty()
                : Optional.of(
                    new JobFailure(reason(), text(), Scene.NOW.minusSeconds(random.nextInt(600)))));
    JobObservation unread =
        JobObservation.unread(
            job.version(),
            job.name(),
            job.wanted(),
            one(6) ? Optional.empty() : Optional.of(Scene.view("STABLE", "RUNNING")));
    JobObservation read = one(4) ? unread : unread.with(figures);
    return one(3) ? read.missed(random.nextInt(6)) : read;
  }

  private Reason reason() {
    return REASONS[random.nextInt(REASONS.length)];
  }

  private String text() {
    return "x".repeat(random.nextInt(3) == 0 ? 5000 : 1 + random.nextInt(40));
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }
}
