package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Names;
import dev.millrace.operator.plan.AcceptedWindow;
import dev.millrace.operator.plan.Recollection;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/** Reads what is in force of a LabelWindow. */
final class AcceptedWindows {
  private final OwnConfigMaps<LabelWindow> maps;
  private final ChildSources<LabelWindow> sources;

  AcceptedWindows(OperatorRuntime runtime, ChildSources<LabelWindow> sources) {
    maps = new OwnConfigMaps<>(runtime, sources);
    this.sources = sources;
  }

  Optional<AcceptedWindow> read(LabelWindow window) {
    return maps.read(window, Names.accepted(window.getMetadata().getName()))
        .map(ConfigMap::getData)
        .flatMap(AcceptedWindow::parse);
  }

  /** What is known without the ConfigMap. */
  Recollection<AcceptedWindow> recollect(LabelWindow window, int publishedRuns) {
    // A CronJob that is not seen would make this the first look.
    sources.requireFilled(ChildKind.CRON_JOB, window.getMetadata().getNamespace());
    boolean scheduled = sources.owned(ChildKind.CRON_JOB, window).findAny().isPresent();
    return Recollection.of(window, scheduled, publishedRuns);
  }
}
