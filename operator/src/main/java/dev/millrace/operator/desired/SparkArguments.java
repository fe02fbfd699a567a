package dev.millrace.operator.desired;

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
  static final String ENTRY_CLASS = "dev.millrace.spark.ExtractMain";

  private static final BigDecimal HEAP_SHARE = new BigDecimal("0.6");
  private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);

  private SparkArguments() {}

  static List<String> of(LabelWindowPlan plan, OperatorConfig config) {
    var arguments = new ArrayList<>(List.of("--class", ENTRY_CLASS));
    int executors = plan.extract().executors();
    arguments.addAll(
        List.of("--master", executors == 0 ? "local[*]" : "k8s://https://kubernetes.default.svc"));
    arguments.addAll(List.of("--driver-memory", heap(plan.extract().driver())));
    setting(arguments, "spark.ui.enabled", "false");
    setting(arguments, "spark.local.dir", "/tmp");
    setting(arguments, "spark.sql.session.timeZone", "UTC");
    if (executors > 0) {
      executors(plan, config, arguments);
    }
    arguments.add(JAR);
    arguments.add(MountPaths.EXTRACT_FILE);
    return arguments;
  }

  private static void executors(
      LabelWindowPlan plan, OperatorConfig config, List<String> arguments) {
    setting(arguments, "spark.executor.instances", String.valueOf(plan.extract().executors()));
    setting(arguments, "spark.executor.memory", heap(plan.extract().executor()));
    setting(arguments, "spark.kubernetes.executor.request.cores", plan.extract().executor().cpu());
    setting(arguments, "spark.kubernetes.namespace", plan.namespace());
    setting(arguments, "spark.kubernetes.container.image", config.images().spark());
    setting(
        arguments,
        "spark.kubernetes.authenticate.driver.serviceAccountName",
        config.sparkServiceAccount());
    setting(arguments, "spark.kubernetes.executor.label." + Labels.LABEL_WINDOW, plan.name());
    setting(arguments, "spark.kubernetes.executor.label." + Labels.COMPONENT, "executor");
  }

  private static void setting(List<String> arguments, String key, String value) {
    arguments.add("--conf");
    arguments.add(key + "=" + value);
  }

  /** The heap's share of a process; the rest is for the JVM itself and off-heap buffers. */
  private static String heap(ProcessPlan process) {
    return Quantity.getAmountInBytes(new Quantity(process.memory()))
            .multiply(HEAP_SHARE)
            .divide(MEBIBYTE, 0, RoundingMode.FLOOR)
            .toPlainString()
        + "m";
  }
}
