package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.util.Optional;

/**
 * Brings one child to its desired state by server-side apply under our field manager, and only if
 * what we own in it differs: at rest nothing is written.
 *
 * @param <P> the resource that owns the child
 */
final class ChildApplier<P extends HasMetadata> {
  /** Our field manager, of every write. */
  static final String FIELD_MANAGER = "millrace";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final OperatorRuntime runtime;
  private final ChildSources<P> sources;
  private final SSABasedGenericKubernetesResourceMatcher<HasMetadata> matcher =
      new SSABasedGenericKubernetesResourceMatcher<>();

  ChildApplier(OperatorRuntime runtime, ChildSources<P> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  /** What became of one child. */
  sealed interface Applied {
    /** It was as desired. */
    record Unchanged() implements Applied {}

    /** It was written. */
    record Written(Operation operation) implements Applied {}

    /** It could not be written. */
    record Failed(ApplyFailure failure) implements Applied {}
  }

  /** What a write did. */
  enum Operation {
    CREATED("create"),
    /** Fields that we own had been changed by another hand, or we want other values. */
    PATCHED("patch"),
    /** Data that an earlier resource of the same name left. */
    ADOPTED("adopt");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * Applies one object.
   *
   * @param desired with a UID only if it may change that very object and never make a new one
   */
  Applied apply(HasMetadata desired, P owner, Context<P> context) {
    ChildRef ref = ChildRef.of(desired);
    ChildKind kind = ChildKind.of(desired).orElseThrow();
    if (!sources.sees(kind)) {
      return failed(ref, Reason.DEPENDENCY_MISSING, runtime.neighbours().remedy(kind));
    }
    try {
      sources.requireFilled(kind, ref.namespace());
      return applySeen(wire(desired, kind), ref, owner, context);
    } catch (KubernetesClientException e) {
      return refusal(ref, e);
    }
  }

  /** Applies one object of a deletion; empty if that succeeded. */
  Optional<ApplyFailure> provide(HasMetadata desired, P owner, Context<P> context) {
    return apply(desired, owner, context) instanceof Applied.Failed failed
        ? Optional.of(failed.failure())
        : Optional.empty();
  }

  private Applied applySeen(HasMetadata desired, ChildRef ref, P owner, Context<P> context) {
    String onlyUid = desired.getMetadata().getUid();
    desired.getMetadata().setUid(null); // the server's, so it is no difference
    Optional<HasMetadata> cached = sources.get(ref);
    if (cached.isPresent()
        && Ownership.belongs(cached.get(), owner)
        && matcher.matches(cached.get(), desired, context)) {
      return new Applied.Unchanged();
    }
    // Unlabelled objects are not cached: before a first write the server is asked itself.
    HasMetadata actual = cached.orElseGet(() -> read(desired));
    Operation operation = Operation.CREATED;
    if (actual != null) {
      boolean ours = Ownership.belongs(actual, owner);
      if (!ours && !Ownership.leftByNamesake(actual, desired)) {
        return failed(ref, conflict(ref), conflictText(actual, ref));
      }
      if (actual.getMetadata().getDeletionTimestamp() != null) {
        return failed(ref, Reason.CHILD_NOT_READY, ref + " is still being deleted; wait");
      }
      operation = ours ? Operation.PATCHED : Operation.ADOPTED;
    }
    desired.getMetadata().setUid(onlyUid);
    HasMetadata written = runtime.client().resource(desired).patch(APPLY);
    sources.written(actual, written);
    runtime.metrics().childWritten(ref.kind(), operation.text());
    return new Applied.Written(operation);
  }

  /** Typed classes of neighbours are for building; what goes over the wire is untyped. */
  private HasMetadata wire(HasMetadata desired, ChildKind kind) {
    return kind.builtIn() || desired instanceof GenericKubernetesResource
        ? desired
        : runtime
            .client()
            .getKubernetesSerialization()
            .convertValue(desired, GenericKubernetesResource.class);
  }

  private HasMetadata read(HasMetadata desired) {
    return runtime.client().resource(desired).get();
  }

  private static Reason conflict(ChildRef ref) {
    return ref.kind().equals(ChildKind.KAFKA_TOPIC.kind())
        ? Reason.TOPIC_CONFLICT
        : Reason.CHILD_CONFLICT;
  }

  private static String conflictText(HasMetadata actual, ChildRef ref) {
    String who = ref + " has another owner (uid " + Ownership.ownerUid(actual) + "); ";
    return ref.kind().equals(ChildKind.KAFKA_TOPIC.kind())
        ? who
            + "to read it, re-create this resource with topic: {name: "
            + topicName(actual)
            + ", managed: false}"
        : who + "rename one of the two";
  }

  private static String topicName(HasMetadata topic) {
    return topic instanceof GenericKubernetesResource untyped
        ? String.valueOf(untyped.<Object>get("spec", "topicName"))
        : topic.getMetadata().getName();
  }

  private static Applied.Failed failed(ChildRef ref, Reason reason, String message) {
    return new Applied.Failed(ApplyFailure.of(ref, reason, message));
  }

  /** An exception of the client as a value, with the object named. */
  static Applied.Failed refusal(ChildRef ref, KubernetesClientException e) {
    ApiFailures.Meaning meaning = ApiFailures.of(e);
    if (meaning instanceof ApiFailures.Meaning.Refused refused) {
      String next =
          refused.reason() == Reason.FORBIDDEN
              ? ApiFailures.GRANT
              : "; raise the quota or lower the spec";
      return failed(ref, refused.reason(), ref + ": " + refused.message() + next);
    }
    if (meaning instanceof ApiFailures.Meaning.Terminating) {
      return failed(ref, Reason.DELETING, ref + ": its namespace is being deleted");
    }
    String message = ((ApiFailures.Meaning.Transient) meaning).message();
    return failed(ref, Reason.API_UNAVAILABLE, ref + ": " + message + "; it is tried again");
  }
}
