package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.ExtractRun;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What tenants' pods can answer (reliability.md §5, A17): whatever it is, the operator lives, only
 * that resource shows it, and the others are looked after.
 */
class HostileAnswersIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static HostileRest rest;
  private static Bystander bystander;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    rest = new HostileRest(QUICK.cluster().neighbours().jobRest());
    bystander = new Bystander(QUICK.cluster(), OperatorOptions.ALONE.withJobRest(rest.template()));
    tenant = bystander.tenant();
  }

  @AfterAll
  static void stop() {
    bystander.close();
    rest.close();
  }

  /** Jobs whose REST says what it likes. */
  @Test
  void hostileJobs() {
    Map<String, HostileRest.Answer> answers = HostileTexts.rest();
    answers.forEach((name, answer) -> rest.answers(name + "-v1", answer));
    answers.keySet().forEach(name -> tenant.create(Bystander.named(name)));
    for (String name : answers.keySet()) {
      tenant.until(PIPELINE, name, "judged", HostileTexts.wanted(name));
      Bystander.isBounded(tenant, PIPELINE, name);
    }
    assertThat(rest.asked())
        .as("addresses from names and checked ids only")
        .noneMatch(path -> path.contains("..") || path.contains("elsewhere"));
    bystander.isLookedAfter();
    System.out.printf("%d hostile jobs%n", answers.size());
  }

  /** Extracts whose last words are anything but a report. */
  @Test
  void hostileLastWords() {
    var own = QUICK.cluster().tenant();
    own.create(Samples.pipeline("Retain"));
    own.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    Map<String, String> messages = HostileTexts.messages();
    for (String name : messages.keySet()) {
      own.create(
          Samples.window("Retain")
              .replace("{name: chargeback}", "{name: " + name + "}")
              .replace("name: chargebacks", "name: " + name));
    }
    messages.keySet().forEach(name -> own.awaitReady(WINDOW, name, "Scheduled"));
    var runs = new ExtractRun(own.client(), own.namespace());
    messages.keySet().forEach(runs::start);
    messages.forEach(runs::leaveMessage);
    for (String name : messages.keySet()) {
      own.until(
          WINDOW,
          name,
          "judged",
          object ->
              List.of("True", "False").contains(Conditions.status(object, "LastRunSucceeded"))
                  || Conditions.reason(object, "LastRunSucceeded").equals("NoReport"));
      Bystander.isBounded(own, WINDOW, name);
    }
    bystander.isLookedAfter();
    System.out.printf("%d hostile last words%n", messages.size());
  }
}
