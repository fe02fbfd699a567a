package dev.millrace.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through the proxy: passed on as they are, or struck as the plan says. */
class ProxyServerTest {
  private static final String OBJECT = "/api/v1/namespaces/fraud/configmaps/one";
  private static final String ASKED = "PATCH " + OBJECT + "?force=true Bearer secret {\"a\":1}";
  private static final Predicate<ApiCall> ANY = call -> true;

  private final ApiServerDouble server = new ApiServerDouble();
  private final FaultPlan plan = new FaultPlan();
  private final ProxyServer proxy = ProxyServer.start(Upstream.plain(server.address()), plan);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    proxy.close();
    server.close();
  }

  @Test
  void passesARequestOnAndRecordsIt() throws Exception {
    proxy.name("secret", "operator");

    var response = patch();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(ApiServerDouble.CONFIG_MAP);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(server.requests()).containsExactly(ASKED);
    var record = proxy.requests().get(0);
    assertThat(record.call().toString()).isEqualTo("PATCH fraud/configmaps/one");
    assertThat(record.call().caller()).isEqualTo("operator");
    assertThat(List.of(record.serverCode(), record.answeredCode())).containsExactly(200, 200);
    assertThat(record.committed()).isTrue();
    assertThat(record.toString()).doesNotContain("secret");
  }

  @Test
  void namesACallerByItsUserAgentWithoutAnythingBetter() throws Exception {
    patch();

    assertThat(proxy.requests().get(0).call().caller()).startsWith("Java-http-client/");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 409, 410, 422, 429, 500, 503, 504})
  void answersInTheServersStead(int code) throws Exception {
    plan.on(ANY, Window.ALWAYS, Faults.answer(code));

    var response = patch();

    assertThat(response.statusCode()).isEqualTo(code);
    var status = new ObjectMapper().readTree(response.body());
    assertThat(status.get("kind").asText()).isEqualTo("Status");
    assertThat(status.get("code").asInt()).isEqualTo(code);
    assertThat(server.requests()).isEmpty();
    assertThat(proxy.requests().get(0).fault()).isEqualTo("answer " + code);
    assertThat(proxy.requests().get(0).committed()).isFalse();
  }

  @Test
  void saysWhenToComeBack() throws Exception {
    plan.on(ANY, Window.ALWAYS, Faults.retryAfter(429, 7));

    assertThat(patch().headers().firstValue("Retry-After")).contains("7");
  }

  @ParameterizedTest
  @EnumSource(value = Moment.class, names = "AFTER_REPLY", mode = EnumSource.Mode.EXCLUDE)
  void resetsTheConnection(Moment moment) {
    plan.on(ANY, Window.ALWAYS, Faults.reset(moment));

    assertThatThrownBy(this::patch).isInstanceOf(IOException.class);
    assertThat(server.requests()).hasSize(moment == Moment.AFTER_COMMIT ? 1 : 0);
    assertThat(proxy.requests().get(0).answeredCode()).isZero();
    assertThat(proxy.requests().get(0).committed()).isEqualTo(moment == Moment.AFTER_COMMIT);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void killsTheCallerAtAMoment(Moment moment) {
    var order = new ArrayList<String>();
    plan.on(
        ANY,
        Window.nth(1),
        Faults.kill(moment, () -> order.add("killed after " + server.requests().size())));

    boolean answered = answered();

    assertThat(answered).isEqualTo(moment == Moment.AFTER_REPLY);
    assertThat(order)
        .containsExactly(moment == Moment.BEFORE_FORWARD ? "killed after 0" : "killed after 1");
  }

  @Test
  void breaksAnAnswerOffInTheMiddle() {
    plan.on(ANY, Window.ALWAYS, Faults.truncate());

    assertThatThrownBy(this::patch).isInstanceOf(IOException.class);
    assertThat(server.requests()).containsExactly(ASKED);
  }

  @Test
  void answersWithBytesOfTls() {
    plan.on(ANY, Window.ALWAYS, Faults.tlsFailure());

    assertThatThrownBy(this::patch).isInstanceOf(IOException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void delaysARequest() throws Exception {
    plan.on(ANY, Window.ALWAYS, Faults.delay(Duration.ofMillis(300)));
    long start = System.nanoTime();

    assertThat(patch().statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(299).toNanos());
  }

  @Test
  void stallsAfterTheServerHasDoneIt() {
    plan.on(ANY, Window.ALWAYS, Faults.stall(Duration.ofMillis(300)));
    long start = System.nanoTime();

    assertThatThrownBy(this::patch).isInstanceOf(IOException.class);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(299).toNanos());
    assertThat(server.requests()).containsExactly(ASKED);
  }

  @Test
  void asksForAnOldList() throws Exception {
    plan.on(ANY, Window.ALWAYS, Faults.staleList("41"));

    var list = HttpRequest.newBuilder(proxy.address().resolve("/api/v1/configmaps?limit=5"));
    client.send(list.build(), BodyHandlers.ofString());

    assertThat(server.requests().get(0))
        .contains("limit=5", "resourceVersion=41", "resourceVersionMatch=Exact");
  }

  @Test
  void strikesInItsWindowOnlyAndWhatMatchesOnly() throws Exception {
    var rule = plan.on(call -> call.verb() == Verb.PATCH, Window.nth(2), Faults.answer(409));
    var other = plan.on(call -> call.verb() == Verb.DELETE, Window.ALWAYS, Faults.answer(500));

    assertThat(List.of(patch().statusCode(), patch().statusCode(), patch().statusCode()))
        .containsExactly(200, 409, 200);
    assertThat(List.of(rule.matches(), rule.strikes(), other.strikes()))
        .containsExactly(3L, 1L, 0L);
  }

  @Test
  void healsWhenRulesAreLifted() throws Exception {
    var rule = plan.on(ANY, Window.ALWAYS, Faults.answer(503));
    assertThat(patch().statusCode()).isEqualTo(503);

    plan.lift(rule);

    assertThat(patch().statusCode()).isEqualTo(200);
  }

  private boolean answered() {
    try {
      return patch().statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> patch() throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(proxy.address().resolve(OBJECT + "?force=true"))
            .header("Authorization", "Bearer secret")
            .method("PATCH", BodyPublishers.ofString("{\"a\":1}"))
            .build(),
        BodyHandlers.ofString());
  }
}
