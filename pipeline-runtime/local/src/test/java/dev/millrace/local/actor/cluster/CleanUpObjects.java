package dev.millrace.local.actor.cluster;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ResourceKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/** A CronJob whose Job deletes what a pipeline left behind. */
final class CleanUpObjects {
  private CleanUpObjects() {}

  static String cronJob(String image) {
    return """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: clean, namespace: web}
        spec:
          schedule: "@every 2s"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                spec:
                  automountServiceAccountToken: false
                  restartPolicy: Never
                  containers:
                  - name: clean-up
                    image: %s
                    command: ["/opt/spark/bin/spark-submit"]
                    args: ["--class", "dev.millrace.spark.cleanup.CleanUpMain",
                      "--master", "local[*]", "--driver-memory", "1g",
                      "--conf", "spark.sql.session.timeZone=UTC",
                      "local:///opt/millrace/spark-job.jar", "/opt/millrace/definition/clean-up.json"]
                    volumeMounts: [{name: definition, mountPath: /opt/millrace/definition}]
                  volumes: [{name: definition, configMap: {name: clean-up}}]
        """
        .formatted(image);
  }

  /** Its document, about a pipeline that left nothing. */
  static ConfigMap document(String storage) {
    var document =
        new CleanUpDocument(
            CleanUpDocument.CODEC,
            ResourceKind.FEATURE_PIPELINE,
            "web",
            "gone",
            "5c1e0000-0000-4000-8000-000000000009",
            ResourceKind.FEATURE_PIPELINE.location(storage, "web", "gone"),
            "",
            0,
            false,
            "");
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("web")
        .withName("clean-up")
        .endMetadata()
        .addToData("clean-up.json", DocumentCodec.write(document))
        .build();
  }
}
