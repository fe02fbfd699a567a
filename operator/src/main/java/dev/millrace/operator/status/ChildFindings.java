package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildGroup;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.plan.OnlinePlan;

/** SchemaCompatible, TopicsReady, OnlineStoreReady, and whatever else children and writes say. */
final class ChildFindings {
  private final PipelineContext context;
  private final Findings findings;

  ChildFindings(PipelineContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
  }

  /** What keeps a condition from True: children that are not ready. */
  void complain() {
    for (ChildObservation child : context.outcome().children()) {
      if (!context.isJob(child)) {
        Finding.of(child.health())
            .ifPresent(finding -> findings.complain(Placement.ofPipeline(child.group()), finding));
      }
    }
  }

  /** What is to be said if there is no complaint. */
  void conclude() {
    findings.conclude(
        ConditionType.SCHEMA_COMPATIBLE,
        Finding.holds(Reason.NO_REGISTRY, "format Json has no schema registry"));
    long topics = count(ChildGroup.TOPIC);
    findings.conclude(
        ConditionType.TOPICS_READY,
        topics == 0
            ? Finding.fails(Reason.WAITING, "no KafkaTopic has been made yet; wait", Weight.WAIT)
            : Finding.holds(Reason.READY, "every KafkaTopic is ready"));
    findings.conclude(
        ConditionType.ONLINE_STORE_READY,
        context.plan().online() instanceof OnlinePlan.Registered registered
            ? registered(registered.connection().name())
            : managed());
  }

  private Finding managed() {
    boolean made =
        context.outcome().children().stream()
            .anyMatch(child -> child.ref().kind().equals("StatefulSet"));
    return made
        ? Finding.holds(Reason.READY, "the managed Redis is ready")
        : Finding.fails(Reason.WAITING, "the managed Redis waits for the topics", Weight.WAIT);
  }

  /** The operator has no credentials of a registered store, so it knows what the job says. */
  private Finding registered(String connection) {
    if (findings.of(ConditionType.STREAM_RUNNING).map(Finding::isTrue).orElse(false)) {
      return Finding.holds(Reason.REGISTERED, "the job writes to Redis \"" + connection + "\"");
    }
    return context
        .conditions()
        .before(ConditionType.ONLINE_STORE_READY)
        .filter(Finding::isTrue)
        .orElseGet(
            () ->
                Finding.unknown(
                    Reason.UNDECIDED,
                    "the job checks Redis \"" + connection + "\" when it starts",
                    Weight.NOTED));
  }

  private long count(ChildGroup group) {
    return context.outcome().children().stream()
        .filter(child -> child.group() == group && child.health() instanceof ChildHealth.Ready)
        .count();
  }
}
