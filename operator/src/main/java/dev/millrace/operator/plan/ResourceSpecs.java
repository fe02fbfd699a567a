package dev.millrace.operator.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.PipelineSpec;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;

/**
 * Turns beans into spec records: the three generated source types become one, enums their words.
 */
final class ResourceSpecs {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ResourceSpecs() {}

  /** A bean as a tree; null stays null. */
  static JsonNode tree(Object bean) {
    return bean == null ? null : MAPPER.valueToTree(bean);
  }

  /** A tree of the right shape as a bean. */
  static <B> B bean(JsonNode tree, Class<B> type) {
    return MAPPER.convertValue(tree, type);
  }

  static PipelineSpec of(FeaturePipeline pipeline) {
    return MAPPER.convertValue(pipeline.getSpec(), PipelineSpec.class);
  }

  static LabelWindowSpec of(LabelWindow window) {
    return MAPPER.convertValue(window.getSpec(), LabelWindowSpec.class);
  }
}
