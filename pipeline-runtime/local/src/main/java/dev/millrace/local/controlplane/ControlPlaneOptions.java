package dev.millrace.local.controlplane;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a control plane is started.
 *
 * @param binaries its programs
 * @param users users beside the administrator that get a token, with their groups
 * @param auditing whether every request is written to the audit log
 */
public record ControlPlaneOptions(
    ControlPlaneBinaries binaries, Map<String, List<String>> users, boolean auditing) {

  /** An administrator only, all requests audited. */
  public static ControlPlaneOptions of(ControlPlaneBinaries binaries) {
    return new ControlPlaneOptions(binaries, Map.of(), true);
  }

  /** The same with one more user. */
  public ControlPlaneOptions withUser(String name, String... groups) {
    var more = new TreeMap<>(users);
    more.put(name, List.of(groups));
    return new ControlPlaneOptions(binaries, more, auditing);
  }

  /** The same without an audit log, for a control plane that runs for long. */
  public ControlPlaneOptions withoutAudit() {
    return new ControlPlaneOptions(binaries, users, false);
  }
}
