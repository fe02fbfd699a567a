package dev.millrace.operator.plan;

import dev.millrace.contract.Reason;
import dev.millrace.contract.Violation;
import java.util.List;

/** What the planner makes of a resource (architecture.md §2). */
public sealed interface PlanResult<P> {
  /** The spec is refused; children stay as they are. All violations, sorted by path. */
  record Invalid<P>(List<Violation> violations) implements PlanResult<P> {
    public Invalid {
      violations = violations.stream().sorted().toList();
    }
  }

  /** Something the resource names does not exist yet; it heals when that appears. */
  record Waiting<P>(List<MissingReference> references) implements PlanResult<P> {
    public Waiting {
      references = List.copyOf(references);
    }
  }

  /** The resource can run; notices do not refuse it (Warning events). */
  record Valid<P>(P plan, List<Violation> notices) implements PlanResult<P> {
    public Valid {
      notices = notices.stream().sorted().toList();
    }
  }

  /**
   * A reference that leads nowhere; its text reads like the condition it becomes.
   *
   * @param reason reason of {@code ReferencesResolved=False}
   * @param text the object, the cause and the next step
   */
  record MissingReference(Reason reason, String text) {
    @Override
    public String toString() {
      return "ReferencesResolved=False/" + reason.text() + ": " + text;
    }
  }
}
