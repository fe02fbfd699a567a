package dev.millrace.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.crd.Sample;
import dev.millrace.e2e.fault.Subject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/** One resource that gets a bad spec and then a good one, in a namespace that is empty before. */
final class Patient {
  private static final Duration PATIENCE =
      Duration.ofSeconds(60L * Integer.getInteger("slowness", 1));

  private final Sample sample;
  private final Kubectl kubectl;
  private final Subject subject;

  /**
   * @param sample in the terms of its namespace
   * @param subject for what is kept when a resource goes
   */
  Patient(Sample sample, Kubectl kubectl, Subject subject) {
    this.sample = sample;
    this.kubectl = kubectl;
    this.subject = subject;
  }

  /** A spec that the planner refuses, or has something to say about. */
  void refusedByThePlanner() {
    prepare();
    var before = children();
    kubectl.apply(sample.judged()).accepted();
    if (sample.expects().isEmpty()) {
      until("ready in spite of a notice", Verdict::isReady);
      var notices = sample.comments("notice");
      patiently("its notices")
          .untilAsserted(() -> assertThat(kubectl.eventsOf(read())).contains(notices));
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
    assertThat(kubectl.apply(sample.judged()).isAccepted()).isFalse();
    for (var document : sample.before()) {
      kubectl.apply(document).accepted();
    }
    until(sample.judged(), "as before", settled(sample.judged()));
    assertThat(children()).isEqualTo(before);
  }

  /** Takes away everything, what is kept on purpose too. */
  void leave() {
    for (var document : sample.documents()) {
      kubectl.delete(document);
    }
    for (var document : sample.documents()) {
      gone(document);
    }
    subject.clear();
    patiently("an empty namespace").until(subject::isClear);
  }

  private void prepare() {
    for (var document : sample.before()) {
      kubectl.apply(document).accepted();
    }
    for (var document : sample.before()) {
      until(document, "what exists already", settled(document));
    }
    for (var runs : sample.comments("runs")) {
      kubectl.patchConfigMap(
          sample.judged().at("/metadata/name").asText() + "-accepted",
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
    var answer = kubectl.apply(good);
    if (answer.body().path("message").asText().contains("is immutable")) {
      kubectl.delete(good); // the text says so: another topic is another resource
      gone(good);
      answer = kubectl.apply(good);
    }
    answer.accepted();
    until("its recovery", Verdict::isReady);
  }

  private Map<String, JsonNode> children() {
    var object = read();
    return object.isMissingNode() ? Map.of() : kubectl.childrenOf(object);
  }

  private JsonNode read() {
    return kubectl.read(sample.judged());
  }

  private void until(String what, Predicate<Verdict> wanted) {
    until(sample.judged(), what, wanted);
  }

  private void until(ObjectNode document, String what, Predicate<Verdict> wanted) {
    patiently(what)
        .untilAsserted(
            () -> {
              var verdict = new Verdict(kubectl.read(document));
              assertThat(wanted.test(verdict)).as("%s of %s: %s", what, sample, verdict).isTrue();
            });
  }

  private void gone(ObjectNode document) {
    patiently("its end").until(() -> kubectl.read(document).isMissingNode());
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(300));
  }
}
