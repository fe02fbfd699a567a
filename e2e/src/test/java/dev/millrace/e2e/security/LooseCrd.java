package dev.millrace.e2e.security;

import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;

/** The CRD of pipelines, which lets any spec be stored as long as this is open. */
final class LooseCrd implements AutoCloseable {
  private static final String NAME = "featurepipelines.millrace.dev";

  private final KubernetesClient client;
  private final CustomResourceDefinition strict;

  LooseCrd(KubernetesClient client) {
    this.client = client;
    strict = client.apiextensions().v1().customResourceDefinitions().withName(NAME).require();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(NAME)
        .edit(
            definition -> {
              definition
                  .getSpec()
                  .getVersions()
                  .forEach(
                      version ->
                          version
                              .getSchema()
                              .setOpenAPIV3Schema(
                                  new JSONSchemaPropsBuilder()
                                      .withType("object")
                                      .withXKubernetesPreserveUnknownFields(true)
                                      .withDescription(
                                          version.getSchema().getOpenAPIV3Schema().getDescription())
                                      .build()));
              return definition;
            });
    await("the loose definition").atMost(Duration.ofSeconds(60)).until(this::takesAnything);
  }

  /** Stores a pipeline with whatever spec. */
  void create(String namespace, String name, String spec) {
    post("/apis/millrace.dev/v1alpha1/namespaces/" + namespace + "/featurepipelines", name, spec);
  }

  /** Takes a pipeline away, which nobody can change while the definition is strict. */
  void remove(String namespace, String name) {
    var pipeline =
        client.genericKubernetesResources(Kinds.PIPELINE).inNamespace(namespace).withName(name);
    if (pipeline.get() != null) {
      pipeline.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
      pipeline.delete();
    }
  }

  /** Whether it would be stored. */
  private boolean takesAnything() {
    String pipelines = "/apis/millrace.dev/v1alpha1/namespaces/default/featurepipelines";
    try {
      post(pipelines + "?dryRun=All", "anything", "\"text\"");
      return true;
    } catch (KubernetesClientException e) {
      return false; // which is the answer
    }
  }

  private void post(String path, String name, String spec) {
    client.raw(
        path,
        "POST",
        """
        {"apiVersion": "millrace.dev/v1alpha1", "kind": "FeaturePipeline",
         "metadata": {"name": "%s", "finalizers": ["millrace.dev/finalizer"]},
         "spec": %s}
        """
            .formatted(name, spec));
  }

  /** Strict again; what was stored stays. */
  @Override
  public void close() {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(NAME)
        .edit(
            definition -> {
              definition.setSpec(strict.getSpec());
              return definition;
            });
    await("the strict definition").atMost(Duration.ofSeconds(60)).until(() -> !takesAnything());
  }
}
