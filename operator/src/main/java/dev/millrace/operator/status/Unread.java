package dev.millrace.operator.status;

import dev.millrace.contract.Reason;

/**
 * A look that could not be finished, since something that had to be read was refused: what was
 * known of the resource stays in its status, beside what stands in the way.
 *
 * @param generation of the resource
 * @param reason why it was refused
 * @param message who refused what, and what to do
 * @param deleting whether the resource is being deleted
 */
public record Unread(long generation, Reason reason, String message, boolean deleting) {
  Finding finding() {
    return Finding.fails(reason, message, Weight.of(reason.remedy()));
  }
}
