package dev.millrace.e2e.fault;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/** The one pipeline of a tenant, as a user with kubectl has it. */
record Subject(Tenant tenant) {
  String namespace() {
    return tenant.namespace();
  }

  /** {@code kubectl create -f}. */
  void create(String yaml) {
    tenant.create(yaml);
  }

  /** {@code kubectl patch --type=merge}. */
  void patch(String json) {
    tenant.patch(PIPELINE, Samples.PIPELINE, json);
  }

  /** {@code kubectl patch --type=json}. */
  void patchList(String json) {
    tenant.patchList(PIPELINE, Samples.PIPELINE, json);
  }

  /** {@code kubectl delete namespace --wait=false}. */
  void deleteNamespace() {
    tenant.deleteNamespace();
  }

  /** Reasons of the Events about it. */
  List<String> events() {
    return tenant.events().stream().map(Event::getReason).toList();
  }

  /** {@code kubectl delete --wait=false}. */
  void delete() {
    tenant.delete(PIPELINE, Samples.PIPELINE);
  }

  /** The resource now; missing once it is gone. */
  JsonNode read() {
    return tenant.read(PIPELINE, Samples.PIPELINE);
  }

  /** Reason of Ready, whatever its status; empty without one. */
  String reason() {
    return Conditions.reason(read(), "Ready");
  }

  /** Whether Ready is True for the current generation, for a reason. */
  boolean isReady(String reason) {
    return Conditions.isReady(read(), reason);
  }

  /** Its conditions and children, for messages. */
  String summary() {
    return Conditions.summary(read());
  }

  /** Whether it is gone. */
  boolean isGone() {
    return read().isMissingNode();
  }

  /** What there is of a kind: in its own namespace, topics wherever they carry its name. */
  List<GenericKubernetesResource> children(ResourceDefinitionContext kind) {
    return tenant.children(kind);
  }

  /** Takes away what was kept on purpose, so that the next run begins with nothing. */
  void clear() {
    tenant.clear();
  }

  /** Whether nothing of it is left. */
  boolean isClear() {
    return isGone() && tenant.isClear();
  }
}
