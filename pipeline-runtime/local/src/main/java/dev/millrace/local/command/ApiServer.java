package dev.millrace.local.command;

import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import java.util.Optional;

/** Whether resources run on a real API server (experience.md §3). */
enum ApiServer {
  /** In a temporary folder, where its programs are there; building them unasked takes minutes. */
  AUTO,
  /** Without. */
  NEVER;

  /**
   * The programs to start.
   *
   * @param keepsData whether the data folder stays: its resources have an identity that no API
   *     server would give them again
   */
  Optional<ControlPlaneBinaries> programs(boolean keepsData) {
    return this == AUTO
            && !keepsData
            && ControlPlaneBinaries.findBuilt() instanceof BinariesResult.Found found
        ? Optional.of(found.binaries())
        : Optional.empty();
  }

  /** Why there are none, for people who may have wanted them; empty if they did not. */
  String hint(boolean keepsData) {
    if (this == NEVER) {
      return "";
    }
    return keepsData
        ? "without an API server, as a folder that is kept with --data"
        : "without an API server; for kubectl and the operator run e2e/controlplane/build.sh once"
            + " (Go 1.24, minutes)";
  }
}
