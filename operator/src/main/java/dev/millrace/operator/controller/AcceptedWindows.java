package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Names;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.AcceptedWindow;
import dev.millrace.operator.plan.Recollection;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/** Reads what is in force of a LabelWindow; a ConfigMap that is not its own is ignored. */
final class AcceptedWindows {
  private final OperatorRuntime runtime;
  private final ChildSources<LabelWindow> sources;

  AcceptedWindows(OperatorRuntime runtime, ChildSources<LabelWindow> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  Optional<AcceptedWindow> read(LabelWindow window) {
    String namespace = window.getMetadata().getNamespace();
    String name = Names.accepted(window.getMetadata().getName());
    return sources
        .get(new ChildRef(ChildKind.CONFIG_MAP.kind(), namespace, name))
        .map(ConfigMap.class::cast)
        // Someone may have taken our label off it; then the cache does not hold it.
        .or(
            () ->
                Optional.ofNullable(
                    runtime.client().configMaps().inNamespace(namespace).withName(name).get()))
        .filter(map -> Ownership.belongs(map, window) && map.getData() != null)
        .flatMap(map -> AcceptedWindow.parse(map.getData()));
  }

  /** What is known without the ConfigMap. */
  Recollection<AcceptedWindow> recollect(LabelWindow window, int publishedRuns) {
    // A CronJob that is not seen would make this the first look.
    sources.requireFilled(ChildKind.CRON_JOB, window.getMetadata().getNamespace());
    boolean scheduled = sources.owned(ChildKind.CRON_JOB, window).findAny().isPresent();
    return Recollection.of(window, scheduled, publishedRuns);
  }
}
