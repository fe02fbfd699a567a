package dev.millrace.operator.desired;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.ProcessPlan;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Arguments of spark-submit: settings of ours alone, each an argument of its own. */
final class SparkArguments {
  static final String JAR = "local:///opt/millrace/spark-job.jar";
  static final String EXTRACT = "dev.millrace.spark.ExtractMain";
  static final String CLEAN_UP = "dev.millrace.spark.cleanup.CleanUpMain";

  /** Environment variables with the driver's own name and address, for executors to find it. */
  static final String POD_NAME = "MILLRACE_POD_NAME";

  static final String POD_ADDRESS = "MILLRACE_POD_IP";

  private static final BigDecimal HEAP_SHARE = new BigDecimal("0.6");
  private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);

  private SparkArguments() {}

  /** An extract: everything in the driver, or on executors that the driver starts as pods. */
  static List<String> extract(LabelWindowPlan plan, OperatorConfig config) {
    int executors = plan.extract().executors();
    String master = executors == 0 ? "local[*]" : "k8s://https://kubernetes.default.svc";
    var arguments = driver(EXTRACT, master, plan.extract().driver(), plan.storage());
    if (executors > 0) {
      executors(plan, config, arguments);
    }
    arguments.add(JAR);
    arguments.add(MountPaths.EXTRACT_FILE);
    return arguments;
  }

  /** A clean-up: everything in the driver. */
  static List<String> cleanUp(ProcessPlan driver, Connection.Storage storage) {
    var arguments = driver(CLEAN_UP, "local[*]", driver, storage);
    arguments.add(JAR);
    arguments.add(MountPaths.CLEAN_UP_FILE);
    return arguments;
  }

  private static List<String> driver(
      String entryClass, String master, ProcessPlan driver, Connection.Storage storage) {
    var arguments = new ArrayList<>(List.of("--class", entryClass, "--master", master));
    arguments.addAll(List.of("--driver-memory", heap(driver)));
    setting(arguments, "spark.ui.enabled", "false");
    setting(arguments, "spark.local.dir", "/tmp");
    setting(arguments, "spark.sql.session.timeZone", "UTC");
    if (!storage.endpoint().isEmpty()) {
      setting(arguments, "spark.hadoop.fs.s3a.endpoint", storage.endpoint());
      setting(arguments, "spark.hadoop.fs.s3a.path.style.access", "true");
    }
    if (!storage.credentialsSecret().isEmpty()) {
      // Not among the providers that are asked by default.
      setting(
          arguments,
          "spark.hadoop.fs.s3a.aws.credentials.provider",
          "software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider");
    }
    return arguments;
  }

  /**
   * Client mode on Kubernetes: executors call the driver at its pod's address and go with its pod.
   * What would need more rights than pods is off.
   */
  private static void executors(
      LabelWindowPlan plan, OperatorConfig config, List<String> arguments) {
    setting(arguments, "spark.driver.host", "$(" + POD_ADDRESS + ")");
    setting(arguments, "spark.driver.bindAddress", "0.0.0.0");
    setting(arguments, "spark.kubernetes.driver.pod.name", "$(" + POD_NAME + ")");
    setting(arguments, "spark.executor.instances", String.valueOf(plan.extract().executors()));
    setting(arguments, "spark.executor.memory", heap(plan.extract().executor()));
    // Spark adds this to the heap; both together are what the spec asks for.
    setting(arguments, "spark.executor.memoryOverhead", overhead(plan.extract().executor()));
    setting(
        arguments,
        "spark.kubernetes.executor.request.cores",
        CanonicalQuantity.text(plan.extract().executor().cpu()));
    setting(arguments, "spark.kubernetes.namespace", plan.namespace());
    setting(arguments, "spark.kubernetes.container.image", config.images().spark());
    setting(arguments, "spark.kubernetes.executor.podTemplateFile", MountPaths.EXECUTOR_FILE);
    setting(
        arguments, "spark.kubernetes.executor.podTemplateContainerName", ExecutorPods.CONTAINER);
    setting(
        arguments,
        "spark.kubernetes.authenticate.driver.serviceAccountName",
        config.sparkServiceAccount());
    setting(arguments, "spark.kubernetes.executor.disableConfigMap", "true");
    setting(arguments, "spark.kubernetes.driver.service.deleteOnTermination", "false");
    setting(arguments, "spark.kubernetes.driver.ownPersistentVolumeClaim", "false");
    setting(arguments, "spark.kubernetes.driver.reusePersistentVolumeClaim", "false");
  }

  private static void setting(List<String> arguments, String key, String value) {
    arguments.add("--conf");
    arguments.add(key + "=" + value);
  }

  /** The heap's share of a process; the rest is for the JVM itself and off-heap buffers. */
  private static String heap(ProcessPlan process) {
    return heapMebibytes(process).toPlainString() + "m";
  }

  private static String overhead(ProcessPlan process) {
    return memory(process)
            .divide(MEBIBYTE, 0, RoundingMode.FLOOR)
            .subtract(heapMebibytes(process))
            .toPlainString()
        + "m";
  }

  private static BigDecimal heapMebibytes(ProcessPlan process) {
    return memory(process).multiply(HEAP_SHARE).divide(MEBIBYTE, 0, RoundingMode.FLOOR);
  }

  private static BigDecimal memory(ProcessPlan process) {
    return Quantity.getAmountInBytes(new Quantity(process.memory()));
  }
}
