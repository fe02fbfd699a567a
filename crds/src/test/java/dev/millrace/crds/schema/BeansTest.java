package dev.millrace.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.crds.admission.Admission;
import dev.millrace.crds.sample.Sample;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bean that was never at an API server holds what the server would have made of its YAML. */
class BeansTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final Admission ADMISSION = new Admission();

  static List<Sample> valid() {
    return Sample.folder("valid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void keepEverySpecAndFillInTheDefaultsOfTheSchema(Sample sample) throws IOException {
    var kind = sample.judged().path("kind").asText();
    var type = kind.equals("LabelWindow") ? LabelWindow.class : FeaturePipeline.class;
    var bean = SERIALIZATION.unmarshal(sample.judged().toString(), type);
    assertThat(json(SERIALIZATION.asJson(bean)).path("spec"))
        .isEqualTo(json(ADMISSION.withDefaults(sample.judged()).toString()).path("spec"));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
