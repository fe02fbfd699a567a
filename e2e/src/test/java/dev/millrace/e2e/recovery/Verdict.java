package dev.millrace.e2e.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import java.util.List;
import java.util.regex.Pattern;

/** What the status of a resource says about its spec. */
record Verdict(JsonNode resource) {
  private static final Pattern OF_A_CONDITION = Pattern.compile("(\\w+)=False/(\\w+): (.*)");
  private static final String BETWEEN = " \\| ";

  /** Ready is True for the current spec, and nothing says that waiting would not help. */
  boolean isReady() {
    return is("Ready", "True") && !is("Stalled", "True");
  }

  /** The operator has looked at the current spec. */
  boolean isObserved() {
    return is("Ready", "True") || is("Ready", "False");
  }

  /** The spec is refused with exactly these texts, and Stalled says the same. */
  boolean refuses(List<String> texts) {
    var named = OF_A_CONDITION.matcher(texts.get(0));
    if (named.matches()) { // heals when what it names appears: nobody has to touch it
      var condition = condition(named.group(1));
      return is(named.group(1), "False")
          && condition.path("reason").asText().equals(named.group(2))
          && condition.path("message").asText().equals(named.group(3))
          && is("Ready", "False")
          && is("Reconciling", "True");
    }
    var refusal = condition("SpecValid");
    var stalled = condition("Stalled");
    return is("SpecValid", "False")
        && said(refusal).equals(texts.stream().sorted().toList())
        && is("Stalled", "True")
        && stalled.path("reason").equals(refusal.path("reason"))
        && stalled.path("message").equals(refusal.path("message"))
        && is("Ready", "False");
  }

  /** Hash of the plan that waits for approval; empty without one. */
  String hash() {
    return resource.at("/status/plan/hash").asText();
  }

  @Override
  public String toString() {
    return resource.at("/metadata/generation") + " " + resource.path("status").toPrettyString();
  }

  private List<String> said(JsonNode refusal) {
    var message = refusal.path("message").asText();
    var masked = hash().isEmpty() ? message : message.replace(hash(), "<hash>");
    return List.of(masked.split(BETWEEN)).stream().sorted().toList();
  }

  private boolean is(String type, String status) {
    return Conditions.is(resource, type, status);
  }

  private JsonNode condition(String type) {
    return Conditions.condition(resource, type);
  }
}
