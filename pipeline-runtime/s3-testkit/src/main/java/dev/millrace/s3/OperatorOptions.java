package dev.millrace.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operator's objects say about S3, read from the golden files that its own tests compare
 * it with: so what is tested is what it writes. Only the address is another.
 */
public final class OperatorOptions {
  private static final Path GOLDEN =
      Path.of(
          System.getProperty("millrace.root"), "operator/src/test/resources/golden/label-window");
  private static final Pattern SPARK =
      Pattern.compile("- \"spark\\.hadoop\\.(fs\\.s3a\\.[a-z.]+)=([^\"]+)\"");
  private static final Pattern FLINK =
      Pattern.compile("^ +((?:fs\\.s3a|s3)\\.[a-z.]+): \"([^\"]+)\"", Pattern.MULTILINE);

  private OperatorOptions() {}

  /** Hadoop options that spark-submit is started with, without Spark's prefix. */
  public static Map<String, String> hadoop(URI endpoint) throws IOException {
    return options("out-CronJob-chargeback-45d.yaml", SPARK, "fs.s3a.endpoint", endpoint);
  }

  /** Flink's options of a FlinkDeployment. */
  public static Map<String, String> flink(URI endpoint) throws IOException {
    return options("out-FlinkDeployment-card-fraud-v1.yaml", FLINK, "s3.endpoint", endpoint);
  }

  private static Map<String, String> options(
      String file, Pattern form, String address, URI endpoint) throws IOException {
    var options = new TreeMap<String, String>();
    Matcher option = form.matcher(Files.readString(GOLDEN.resolve(file)));
    while (option.find()) {
      options.put(option.group(1), option.group(2));
    }
    if (options.replace(address, endpoint.toString()) == null) {
      throw new IllegalStateException(file + " says nothing about " + address);
    }
    return options;
  }
}
