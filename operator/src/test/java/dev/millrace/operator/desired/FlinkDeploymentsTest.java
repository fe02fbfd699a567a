package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestPlans;
import dev.millrace.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class FlinkDeploymentsTest {
  /** A Long that a server answers as an Integer differs for ever, and prints alike. */
  @Test
  void equalsWhatAServerAnswersToIt() {
    GenericKubernetesResource desired =
        FlinkDeployments.of(TestPlans.minimal(), "definition", OperatorConfig.DEFAULT);

    GenericKubernetesResource answered =
        Serialization.unmarshal(Serialization.asJson(desired), GenericKubernetesResource.class);

    assertThat(answered.getAdditionalProperties()).isEqualTo(desired.getAdditionalProperties());
  }
}
