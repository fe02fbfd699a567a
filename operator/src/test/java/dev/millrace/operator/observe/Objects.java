package dev.millrace.operator.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Objects of tests, from the YAML that neighbours write. */
public final class Objects {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Objects() {}

  /** An object of any kind, untyped. */
  public static GenericKubernetesResource untyped(String yaml) {
    return of(yaml, GenericKubernetesResource.class);
  }

  /** An object of a known kind. */
  public static <T> T of(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
