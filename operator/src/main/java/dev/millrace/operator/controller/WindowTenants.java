package dev.millrace.operator.controller;

import dev.millrace.operator.controller.TenantReader.Needed;
import dev.millrace.operator.controller.TenantReader.Tenant;
import dev.millrace.operator.plan.LabelWindowPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the pods of an extract need in its namespace. */
final class WindowTenants {
  private final OperatorRuntime runtime;
  private final TenantReader reader;

  WindowTenants(OperatorRuntime runtime) {
    this.runtime = runtime;
    reader = new TenantReader(runtime);
  }

  Tenant read(Optional<LabelWindowPlan> plan) {
    if (plan.isEmpty()) {
      return new Tenant(List.of(), new TreeMap<>());
    }
    LabelWindowPlan known = plan.get();
    var needed = new ArrayList<Needed>();
    PipelineTenants.add(needed, known.storage().credentialsSecret(), PipelineTenants.STORAGE_KEYS);
    PipelineTenants.add(needed, known.topic().connection().tlsSecret(), PipelineTenants.KAFKA_KEYS);
    return reader.read(known.namespace(), runtime.config().sparkServiceAccount(), needed);
  }
}
