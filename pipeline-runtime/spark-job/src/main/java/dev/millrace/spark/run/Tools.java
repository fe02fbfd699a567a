package dev.millrace.spark.run;

import dev.millrace.contract.Definition;
import java.util.Map;

/** Versions of what writes a run, for its manifest. */
final class Tools {
  private Tools() {}

  static Map<String, String> versions() {
    String own = Tools.class.getPackage().getImplementationVersion();
    return Map.of(
        "java", System.getProperty("java.version"),
        "millrace", own == null ? "unpackaged" : own,
        "numerics", Integer.toString(Definition.NUMERICS_VERSION),
        "spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }
}
