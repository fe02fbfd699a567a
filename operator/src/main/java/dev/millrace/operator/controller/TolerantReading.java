package dev.millrace.operator.controller;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operator.plan.Undecoded;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;

/**
 * Reads what the API server sends. A resource of ours that does not decode would take its whole
 * list down, and with it the operator: here it is read without what cannot be, and its spec goes
 * along as it is for the planner to refuse (reliability.md §3.1).
 */
final class TolerantReading {
  /** What is honoured of any spec, even one that is refused (api.md §1). */
  private static final List<String> ALWAYS_HONOURED = List.of("suspend", "deletionPolicy");

  private TolerantReading() {}

  static KubernetesSerialization serialization() {
    var mapper = new ObjectMapper();
    mapper.registerModule(new SimpleModule("millrace").setDeserializerModifier(new OurKinds()));
    return new KubernetesSerialization(mapper, true);
  }

  /** Our two kinds are read with their documents at hand. */
  private static final class OurKinds extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> plain) {
      Class<?> type = bean.getBeanClass();
      return type == FeaturePipeline.class || type == LabelWindow.class
          ? new WithDocument(plain)
          : plain;
    }
  }

  private static final class WithDocument extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    WithDocument(JsonDeserializer<?> plain) {
      super(plain);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> plain) {
      return new WithDocument(plain);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode document = context.readTree(parser);
      try {
        return bean(document, parser, context);
      } catch (IOException | RuntimeException e) {
        // Whatever it is, the planner finds it again in the document, with its path.
        HasMetadata bean = without((ObjectNode) document.deepCopy(), parser, context);
        Undecoded.note(bean, document.path("spec"));
        return bean;
      }
    }

    private Object bean(JsonNode document, JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonParser again = document.traverse(parser.getCodec());
      again.nextToken();
      return super.deserialize(again, context);
    }

    /** With as little left out as possible: its status is what the next one is compared with. */
    private HasMetadata without(
        ObjectNode document, JsonParser parser, DeserializationContext context) throws IOException {
      JsonNode spec = document.path("spec");
      ObjectNode honoured = document.putObject("spec");
      ALWAYS_HONOURED.stream()
          .filter(spec::has)
          .forEach(member -> honoured.set(member, spec.get(member)));
      for (String next : List.of("", "spec", "status")) {
        if (next.equals("spec")) {
          document.set("spec", JsonNodeFactory.instance.objectNode());
        } else {
          document.remove(next);
        }
        try {
          return (HasMetadata) bean(document, parser, context);
        } catch (IOException | RuntimeException e) {
          if (next.equals("status")) {
            throw e; // metadata is Kubernetes' own
          }
        }
      }
      throw new IllegalStateException("the last attempt returns or throws");
    }
  }
}
