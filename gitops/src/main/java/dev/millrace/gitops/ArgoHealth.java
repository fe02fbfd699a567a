package dev.millrace.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Runs the shipped health check of a kind over an object, as an Argo CD controller would that has
 * it in {@code argocd-cm}. The rules are those of experience.md §4, first match wins.
 */
public final class ArgoHealth {
  /** Where the checks lie on the class path, in Argo CD's own layout. */
  public static final String ROOT = "/resource_customizations/millrace.dev/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ArgoHealth() {}

  /** Health of a whole object ({@code apiVersion}, {@code kind}, {@code metadata}, …). */
  public static Health of(JsonNode object) {
    return new HealthScript(script(object.path("kind").asText())).run(object);
  }

  /** The same for an object as a tree of maps, lists and scalars. */
  public static Health of(Map<String, ?> object) {
    return of(JSON.<JsonNode>valueToTree(object));
  }

  /**
   * The shipped Lua of a kind, as it goes into {@code argocd-cm}.
   *
   * @throws IllegalArgumentException if nothing is shipped for the kind
   */
  public static String script(String kind) {
    try (var in = ArgoHealth.class.getResourceAsStream(ROOT + kind + "/health.lua")) {
      if (in == null) {
        throw new IllegalArgumentException("no health check is shipped for kind \"" + kind + "\"");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("health check of kind " + kind, e);
    }
  }
}
