package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.desired.RedisSecrets;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The password of a managed Redis: generated once, never written again. The operator may create
 * such a Secret and read it by name, not change it (reliability.md §3.1).
 */
final class RedisPassword {
  private static final int BYTES = 32;

  private final OperatorRuntime runtime;
  private final SecureRandom random = new SecureRandom();

  RedisPassword(OperatorRuntime runtime) {
    this.runtime = runtime;
  }

  /** Makes the Secret if it is not there; empty if it is, and is this pipeline's. */
  Optional<ApplyFailure> ensure(PipelinePlan plan, HasMetadata owner) {
    Secret desired = RedisSecrets.of(plan, generate());
    ChildRef ref = ChildRef.of(desired);
    try {
      Secret existing = runtime.client().resource(desired).get();
      if (existing == null) {
        runtime.client().resource(desired).create();
        runtime.metrics().childWritten(ref.kind(), "create");
        return Optional.empty();
      }
      return Ownership.belongs(existing, owner) || Ownership.leftByNamesake(existing, desired)
          ? Optional.empty()
          : Optional.of(
              ApplyFailure.of(
                  ref, Reason.CHILD_CONFLICT, ref + " has another owner; rename one of the two"));
    } catch (KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_CONFLICT
          ? Optional.empty()
          : Optional.of(ChildApplier.refusal(ref, e).failure());
    }
  }

  private String generate() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
