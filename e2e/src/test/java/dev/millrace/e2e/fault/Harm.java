package dev.millrace.e2e.fault;

import dev.millrace.e2e.proxy.ApiCall;
import dev.millrace.e2e.proxy.Fault;
import dev.millrace.e2e.proxy.Faults;
import dev.millrace.e2e.proxy.Verb;
import dev.millrace.e2e.proxy.Window;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Something in the way of a deletion.
 *
 * @param create the life before
 * @param keepsData whether topics, claims and Secrets have to be there afterwards
 * @param begin before the deletion
 * @param heals whether the harm ends after a while; if not, the deletion has to get by without
 */
record Harm(String name, Step create, boolean keepsData, Consumer<Lane> begin, boolean heals) {
  /** All of {@code mvn verify}, except those that end the namespace or the process. */
  static List<Harm> all() {
    return List.of(
        // The longest first: the others run beside them.
        without("the Flink operator", lane -> lane.flinkAway(true)),
        without("the topic operator", lane -> lane.topicsAway(true)),
        kept("topics cannot be deleted", on("kafkatopics", Verb.DELETE), Faults.answer(500)),
        kept("topics cannot be released", on("kafkatopics", Verb.PATCH), Faults.answer(500)),
        kept("jobs cannot be deleted", on("flinkdeployments", Verb.DELETE), Faults.answer(500)),
        kept("answers about jobs get lost", writes("flinkdeployments"), Faults.truncate()),
        kept("the finalizer cannot be removed", finalizer(), Faults.answer(500)),
        kept("KafkaTopic is not served", kind("kafkatopics"), Faults.answer(404)),
        kept("FlinkDeployment is not served", kind("flinkdeployments"), Faults.answer(404)),
        gone("topics cannot be deleted", on("kafkatopics", Verb.DELETE), Faults.answer(503)),
        gone("the clean-up cannot start", writes("jobs"), Faults.answer(500)),
        gone("claims cannot be deleted", kind("persistentvolumeclaims"), Faults.answer(500)));
  }

  @Override
  public String toString() {
    return (keepsData ? "Retain: " : "Delete: ") + name;
  }

  private static Harm kept(String name, Predicate<ApiCall> calls, Fault fault) {
    return new Harm(name, Lifecycles.CREATE, true, strikes(calls, fault), true);
  }

  private static Harm gone(String name, Predicate<ApiCall> calls, Fault fault) {
    return new Harm(name, Lifecycles.CREATE_TO_DELETE, false, strikes(calls, fault), true);
  }

  /** Bounded by our own waits: a neighbour that never answers holds nothing up for ever. */
  private static Harm without(String neighbour, Consumer<Lane> leave) {
    return new Harm("without " + neighbour, Lifecycles.CREATE, true, leave, false);
  }

  private static Consumer<Lane> strikes(Predicate<ApiCall> calls, Fault fault) {
    return lane -> lane.session().plan().on(calls, Window.ALWAYS, fault);
  }

  private static Predicate<ApiCall> kind(String resource) {
    return call -> call.resource().equals(resource);
  }

  private static Predicate<ApiCall> on(String resource, Verb verb) {
    return kind(resource).and(call -> call.verb() == verb);
  }

  private static Predicate<ApiCall> writes(String resource) {
    return kind(resource).and(ApiCall::writes);
  }

  private static Predicate<ApiCall> finalizer() {
    return writes("featurepipelines").and(call -> call.path().subresource().isEmpty());
  }
}
