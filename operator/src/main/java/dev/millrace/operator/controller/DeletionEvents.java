package dev.millrace.operator.controller;

import dev.millrace.operator.controller.event.EventTexts;
import dev.millrace.operator.controller.event.PlannedEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.ArrayList;
import java.util.List;

/** Says what a deletion leaves behind. It is said at every look; one Event comes of it. */
final class DeletionEvents {
  private final OperatorRuntime runtime;

  DeletionEvents(OperatorRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * @param kept objects and data that stay
   */
  void announce(HasMetadata resource, DeletionVerdict verdict, List<String> kept) {
    var events = new ArrayList<PlannedEvent>();
    if (verdict == DeletionVerdict.RETAIN_TOO_NEW) {
      events.add(EventTexts.retainedPolicyTooNew());
    }
    if (verdict != DeletionVerdict.DELETE && !kept.isEmpty()) {
      events.add(EventTexts.retained(kept));
    }
    String own = runtime.config().process().leaderNamespace();
    if (verdict == DeletionVerdict.RETAIN_GOING && !own.isEmpty()) {
      // Nothing can be created in a namespace that goes (reliability.md §2, L3).
      runtime.events().recordAt(operator(own), resource, events);
    } else {
      runtime.events().record(resource, events);
    }
  }

  private static ObjectReference operator(String namespace) {
    return new ObjectReferenceBuilder()
        .withApiVersion("coordination.k8s.io/v1")
        .withKind("Lease")
        .withNamespace(namespace)
        .withName(OperatorProcess.LEASE)
        .build();
  }
}
