package dev.millrace.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.e2e.crd.Sample;
import dev.millrace.e2e.neighbour.Json;
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;

/** One resource that gets a bad spec and then a good one, in a namespace that is empty before. */
final class Patient {
  private static final Duration PATIENCE =
      Duration.ofSeconds(60L * Integer.getInteger("slowness", 1));

  private final Sample sample;
  private final Tenant tenant;

  /**
   * @param sample in the terms of its namespace
   */
  Patient(Sample sample, Tenant tenant) {
    this.sample = sample;
    this.tenant = tenant.patient(PATIENCE);
  }

  /** A spec that the planner refuses, or has something to say about. */
  void refusedByThePlanner() {
    prepare();
    var before = children();
    tenant.apply(sample.judged()).accepted();
    if (sample.expects().isEmpty()) {
      until("ready in spite of a notice", Verdict::isReady);
      var notices = sample.comments("notice");
      patiently("its notices").untilAsserted(() -> assertThat(messages()).contains(notices));
    } else {
      until("its refusal", verdict -> verdict.refuses(sample.expects()));
      assertThat(children()).as("children of a refused spec").isEqualTo(before);
    }
    recover();
  }

  /** A change that the server refuses: nothing has happened, and the next one is heard. */
  void refusedByTheServer() {
    prepare();
    var before = children();
    assertThat(tenant.apply(sample.judged()).isAccepted()).isFalse();
    for (var document : sample.before()) {
      tenant.apply(document).accepted();
    }
    until(sample.judged(), "as before", settled(sample.judged()));
    assertThat(children()).isEqualTo(before);
  }

  /** Takes away everything, what is kept on purpose too. */
  void leave() {
    for (var document : sample.documents()) {
      delete(document);
    }
    for (var document : sample.documents()) {
      gone(document);
    }
    tenant.clear();
    patiently("an empty namespace").until(tenant::isClear);
  }

  private void prepare() {
    for (var document : sample.before()) {
      tenant.apply(document).accepted();
    }
    for (var document : sample.before()) {
      until(document, "what exists already", settled(document));
    }
    for (var runs : sample.comments("runs")) {
      tenant.patch(
          Kinds.CONFIG_MAP,
          name(sample.judged()) + "-accepted",
          "{\"data\":{\"publishedRuns\":\"" + runs + "\"}}");
    }
  }

  /** Pipelines run; so do the windows of those that exist already. */
  private Predicate<Verdict> settled(ObjectNode document) {
    boolean pipeline = document.path("kind").asText().equals("FeaturePipeline");
    boolean served =
        sample.before().stream()
            .filter(before -> before.path("kind").asText().equals("FeaturePipeline"))
            .anyMatch(before -> isNamed(before, document.at("/spec/pipelineRef/name")));
    return pipeline || served ? Verdict::isReady : Verdict::isObserved;
  }

  private static boolean isNamed(ObjectNode document, JsonNode name) {
    return document.at("/metadata/name").equals(name);
  }

  private void recover() {
    var good = Remedy.of(sample, new Verdict(read()).hash());
    var answer = tenant.apply(good);
    if (answer.body().path("message").asText().contains("is immutable")) {
      delete(good); // the text says so: another topic is another resource
      gone(good);
      answer = tenant.apply(good);
    }
    answer.accepted();
    until("its recovery", Verdict::isReady);
  }

  /** Specs of the jobs, topics and schedules that it owns, by name. */
  private Map<String, JsonNode> children() {
    var owner = read().at("/metadata/uid").asText();
    var children = new TreeMap<String, JsonNode>();
    for (var kind : List.of(Kinds.FLINK, Kinds.CRON_JOB, Kinds.TOPIC)) {
      for (var child : tenant.children(kind)) {
        if (owner.equals(child.getMetadata().getLabels().get("millrace.dev/owner-uid"))) {
          var name = kind.getKind() + " " + child.getMetadata().getName();
          children.put(name, Json.tree(child).path("spec"));
        }
      }
    }
    return children;
  }

  /** Messages of the Events about it, one a line. */
  private String messages() {
    var uid = read().at("/metadata/uid").asText();
    return tenant.events().stream()
        .filter(event -> uid.equals(event.getInvolvedObject().getUid()))
        .map(Event::getMessage)
        .collect(Collectors.joining("\n"));
  }

  private JsonNode read() {
    return read(sample.judged());
  }

  private JsonNode read(ObjectNode document) {
    return tenant.read(Kinds.ours(document), name(document));
  }

  private void delete(ObjectNode document) {
    tenant.delete(Kinds.ours(document), name(document));
  }

  private static String name(ObjectNode document) {
    return document.at("/metadata/name").asText();
  }

  private void until(String what, Predicate<Verdict> wanted) {
    until(sample.judged(), what, wanted);
  }

  private void until(ObjectNode document, String what, Predicate<Verdict> wanted) {
    patiently(what)
        .untilAsserted(
            () -> {
              var verdict = new Verdict(read(document));
              assertThat(wanted.test(verdict)).as("%s of %s: %s", what, sample, verdict).isTrue();
            });
  }

  private void gone(ObjectNode document) {
    patiently("its end").until(() -> read(document).isMissingNode());
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(300));
  }
}
