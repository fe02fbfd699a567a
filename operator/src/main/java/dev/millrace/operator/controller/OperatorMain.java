package dev.millrace.operator.controller;

import dev.millrace.contract.Violation;
import dev.millrace.operator.config.ConfigResult;
import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.telemetry.LogConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator's process. Arguments: the folder with {@code operator.yaml} and {@code
 * connections.yaml}, and optionally {@code release-finalizers}, which only takes our finalizer off
 * all resources, for an uninstallation; the Deployment named behind it, {@code <namespace>/<name>},
 * is stopped first.
 */
public final class OperatorMain {
  /** The finalizer on our resources. */
  public static final String FINALIZER = "millrace.dev/finalizer";

  private static final String RELEASE = "release-finalizers";
  private static final int BAD_CONFIGURATION = 2;

  private OperatorMain() {}

  public static void main(String[] arguments) throws IOException {
    LogConfiguration.useJsonLines();
    if (arguments.length < 1) {
      refuse(List.of("usage: <configuration folder> [" + RELEASE + " [<deployment>]]"));
    }
    Path folder = Path.of(arguments[0]);
    var mistakes = new ArrayList<String>();
    OperatorConfig config =
        read(
            folder.resolve("operator.yaml"),
            OperatorConfig::parse,
            OperatorConfig.DEFAULT,
            mistakes);
    ConnectionCatalogue connections =
        read(
            folder.resolve("connections.yaml"),
            ConnectionCatalogue::parse,
            new ConnectionCatalogue(List.of(), List.of(), List.of(), List.of()),
            mistakes);
    if (!mistakes.isEmpty()) {
      refuse(mistakes);
    }
    if (arguments.length > 1 && arguments[1].equals(RELEASE)) {
      try (KubernetesClient client = new KubernetesClientBuilder().build()) {
        if (arguments.length > 2) {
          new OperatorStop(client).run(arguments[2]);
        }
        new FinalizerRelease(client).run(config.process().watchNamespaces());
      }
      return;
    }
    OperatorProcess.start(config, connections);
  }

  /** Parses a file's text. */
  @FunctionalInterface
  private interface Parser<T> {
    ConfigResult<T> parse(String text);
  }

  private static <T> T read(Path file, Parser<T> parser, T absent, List<String> mistakes)
      throws IOException {
    if (!Files.exists(file)) {
      mistakes.add(file.getFileName() + ": is missing");
      return absent;
    }
    ConfigResult<T> result = parser.parse(Files.readString(file));
    if (result instanceof ConfigResult.Accepted<T> accepted) {
      return accepted.value();
    }
    for (Violation violation : ((ConfigResult.Refused<T>) result).violations()) {
      mistakes.add(file.getFileName() + ": " + violation);
    }
    return absent;
  }

  /** All mistakes at once; the pod's termination message and log show them. */
  private static void refuse(List<String> mistakes) {
    mistakes.forEach(System.err::println);
    System.exit(BAD_CONFIGURATION);
  }
}
