package dev.millrace.operator.controller;

import dev.millrace.contract.RunReport;
import dev.millrace.contract.RunReportResult;
import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.desired.Names;
import dev.millrace.operator.observe.RunObservation;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The runs of an extract: the Jobs of its CronJob and their pods, from the caches. */
final class WindowRuns {
  private final ChildSources<LabelWindow> sources;

  WindowRuns(ChildSources<LabelWindow> sources) {
    this.sources = sources;
  }

  RunObservation of(LabelWindow window) {
    List<Job> jobs =
        labelled(ChildKind.JOB, window)
            .map(Job.class::cast)
            .filter(job -> isExtract(job, window))
            .toList();
    List<Pod> pods = labelled(ChildKind.POD, window).map(Pod.class::cast).toList();
    return RunObservation.of(jobs, pods);
  }

  /** Runs published so far, as the newest report says; 0 if none does. */
  static int published(RunObservation runs) {
    return runs.finished()
        .map(run -> run.report())
        .filter(RunReportResult.Read.class::isInstance)
        .map(report -> ((RunReportResult.Read) report).report())
        .map(RunReport::publishedRuns)
        .map(count -> (int) Math.min(count, Integer.MAX_VALUE))
        .orElse(0);
  }

  private static boolean isExtract(Job job, LabelWindow window) {
    return job.getMetadata()
        .getName()
        .startsWith(Names.cronJob(window.getMetadata().getName()) + "-");
  }

  /** Jobs belong to the CronJob and pods to the Job; both carry our labels from the template. */
  private Stream<HasMetadata> labelled(ChildKind kind, LabelWindow window) {
    return sources.inNamespace(
        kind,
        window.getMetadata().getNamespace(),
        child -> {
          Map<String, String> labels = child.getMetadata().getLabels();
          return labels != null
              && window.getMetadata().getUid().equals(labels.get(Labels.OWNER_UID));
        });
  }
}
