package dev.millrace.operator.controller;

import dev.millrace.operator.controller.TenantReader.Needed;
import dev.millrace.operator.controller.TenantReader.Tenant;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the pods of a pipeline need in its namespace. */
final class PipelineTenants {
  static final List<String> STORAGE_KEYS = List.of("credentials");
  static final List<String> KAFKA_KEYS = List.of("ca.crt", "user.crt", "user.key");
  private static final List<String> REDIS_KEYS = List.of("password");

  private final OperatorRuntime runtime;
  private final TenantReader reader;

  PipelineTenants(OperatorRuntime runtime) {
    this.runtime = runtime;
    reader = new TenantReader(runtime);
  }

  Tenant read(Optional<PipelinePlan> plan) {
    return plan.map(
            known ->
                reader.read(
                    known.namespace(), runtime.config().flinkServiceAccount(), secrets(known)))
        .orElse(new Tenant(List.of(), new TreeMap<>()));
  }

  private static List<Needed> secrets(PipelinePlan plan) {
    var needed = new ArrayList<Needed>();
    if (plan.online() instanceof OnlinePlan.Registered registered) {
      add(needed, registered.connection().credentialsSecret(), REDIS_KEYS);
    }
    add(needed, plan.storage().credentialsSecret(), STORAGE_KEYS);
    add(needed, plan.topic().connection().tlsSecret(), KAFKA_KEYS);
    return needed;
  }

  static void add(List<Needed> needed, String secret, List<String> keys) {
    if (!secret.isEmpty()) {
      needed.add(new Needed(secret, keys));
    }
  }
}
