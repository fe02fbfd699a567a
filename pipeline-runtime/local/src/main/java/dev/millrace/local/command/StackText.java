package dev.millrace.local.command;

import dev.millrace.contract.Entity;
import dev.millrace.local.cluster.ClusterStack;
import dev.millrace.local.stack.LocalStack;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.RunningStack;
import dev.millrace.operator.desired.Names;
import java.io.IOException;
import java.io.PrintStream;

/** Where a running stack answers, and how to ask it. */
final class StackText {
  private final PrintStream out;

  StackText(PrintStream out) {
    this.out = out;
  }

  void print(LocalStack stack) throws IOException {
    out.println("running in " + stack.data() + " · " + stack.startTimes());
    out.println("  kafka   " + stack.state().bootstrapServers());
    out.println("  redis   127.0.0.1:" + stack.state().redisPort());
    for (PlannedPipeline pipeline : stack.planning().pipelines()) {
      if (stack.job(pipeline) != null) {
        out.println("  flink   " + stack.job(pipeline).restAddress());
      }
      out.println("  topic   " + pipeline.plan().topic().kafkaName());
    }
    printQueries(stack);
    out.println("Ctrl-C stops everything.");
  }

  void print(ClusterStack stack) {
    out.println("running in " + stack.data() + " · " + stack.startTimes());
    out.println("  kafka   " + stack.state().bootstrapServers());
    out.println("  redis   127.0.0.1:" + stack.state().redisPort());
    for (PlannedPipeline pipeline : stack.planning().pipelines()) {
      var plan = pipeline.plan();
      String deployment = Names.flinkDeployment(plan.name(), plan.version());
      out.println(
          "  flink   " + stack.flinkRest() + "/" + plan.namespace() + "/" + deployment + "/jobs");
      out.println("  topic   " + plan.topic().kafkaName());
    }
    printQueries(stack);
    out.println("export KUBECONFIG=" + stack.kubeconfig());
    out.println("kubectl get fp,lw" + (stack.planning().namespaces().size() > 1 ? " -A" : ""));
    out.println("Ctrl-C stops everything.");
  }

  /** Commands that ask this stack; they find it by themselves. */
  void printQueries(RunningStack stack) {
    for (PlannedPipeline pipeline : stack.planning().pipelines()) {
      Entity entity = pipeline.plan().definition().entities().get(0);
      out.println(
          "  read    ./millrace get "
              + pipeline.plan().name()
              + " "
              + entity.name()
              + " "
              + String.join(" ", entity.keys().stream().map(key -> key + "=…").toList()));
    }
    stack
        .planning()
        .labelWindows()
        .forEach(
            window -> out.println("  extract ./millrace extract run -f … " + window.plan().name()));
  }
}
