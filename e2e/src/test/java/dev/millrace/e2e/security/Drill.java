package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The life of a pipeline and a LabelWindow in one namespace, in which the operator lacks one right
 * after the other: the next one as soon as it has said that it lacks the last.
 */
final class Drill {
  /** Where the operator said what it lacks. */
  enum Said {
    CONDITION,
    LOG
  }

  private enum Stage {
    CREATE,
    CHANGE,
    DELETE_WINDOW,
    DELETE,
    GONE
  }

  /** Without these there is no status to write into, or no reconcile to come to it. */
  static final Set<String> LOGGED =
      Set.of(
          "get featurepipelines",
          "get labelwindows",
          "patch featurepipelines",
          "patch labelwindows",
          "patch featurepipelines/status",
          "patch labelwindows/status",
          "create events");

  private final Tenant tenant;
  private final String scope;
  private final boolean keepsStore;
  private final Deque<List<Right>> next;
  private final NarrowedRights rights;
  private final Map<Right, Said> said = new LinkedHashMap<>();
  private List<Right> missing = List.of();
  private Stage stage = Stage.CREATE;
  private JsonNode pipeline;
  private JsonNode window;

  /**
   * @param scope namespace in which the rights are missing
   * @param keepsStore whether the managed store lives as long as its pipeline
   * @param dropped what is missing at a time, in turn
   */
  Drill(
      Tenant tenant,
      String scope,
      boolean keepsStore,
      List<List<Right>> dropped,
      NarrowedRights rights) {
    this.tenant = tenant;
    this.scope = scope;
    this.keepsStore = keepsStore;
    this.rights = rights;
    next = new ArrayDeque<>(dropped);
  }

  void begin(String pipelineText, String windowText) {
    rights.drop(tenant.namespace(), List.of());
    dropNext();
    boolean ownKafka = !scope.equals(tenant.namespace());
    tenant.create(ownKafka ? Samples.onOwnKafka(pipelineText) : pipelineText);
    tenant.create(ownKafka ? Samples.onOwnKafka(windowText) : windowText);
  }

  private void dropNext() {
    missing = next.isEmpty() ? List.of() : next.poll();
    rights.drop(scope, missing);
  }

  /**
   * Looks once, and does what is next.
   *
   * @param log whether the operator's log says that a right is missing in a namespace
   */
  void advance(BiPredicate<Right, String> log) {
    pipeline = tenant.read(PIPELINE, Samples.PIPELINE);
    window = tenant.read(WINDOW, Samples.WINDOW);
    for (Right right : List.copyOf(missing)) {
      said(right, log)
          .ifPresent(
              where -> {
                said.put(right, where);
                dropNext();
              });
    }
    stage =
        switch (stage) {
          case CREATE -> isReady() ? change() : stage;
          case CHANGE -> isReady() && Lives.hasNoStore(pipeline) ? deleteWindow() : stage;
          case DELETE_WINDOW -> window.isMissingNode() ? delete() : stage;
          case DELETE -> pipeline.isMissingNode() ? Stage.GONE : stage;
          case GONE -> stage;
        };
  }

  private Optional<Said> said(Right right, BiPredicate<Right, String> log) {
    for (JsonNode object : List.of(pipeline, window)) {
      for (JsonNode condition : object.at("/status/conditions")) {
        if (condition.path("message").asText().contains(right.refusal())) {
          return Optional.of(Said.CONDITION);
        }
      }
    }
    return log.test(right, scope) && LOGGED.contains(right.inShort())
        ? Optional.of(Said.LOG)
        : Optional.empty();
  }

  private Stage change() {
    if (keepsStore) {
      return deleteWindow();
    }
    new Lives(tenant).changeStore();
    return Stage.CHANGE;
  }

  private Stage deleteWindow() {
    tenant.delete(WINDOW, Samples.WINDOW);
    return Stage.DELETE_WINDOW;
  }

  private Stage delete() {
    tenant.delete(PIPELINE, Samples.PIPELINE);
    return Stage.DELETE;
  }

  private boolean isReady() {
    return isReady(pipeline) && isReady(window);
  }

  private static boolean isReady(JsonNode object) {
    JsonNode ready = Conditions.condition(object, "Ready");
    return ready.path("status").asText().equals("True")
        && ready.path("observedGeneration").equals(object.at("/metadata/generation"));
  }

  boolean isOver() {
    return stage == Stage.GONE;
  }

  /** What was found missing, and where it was said, in the order of that. */
  Map<Right, Said> said() {
    return said;
  }

  @Override
  public String toString() {
    return "%s at %s without %s, said %s, left %s%n%s%n%s"
        .formatted(
            tenant.namespace(),
            stage,
            missing,
            said.values(),
            next,
            Conditions.summary(pipeline),
            Conditions.summary(window));
  }
}
