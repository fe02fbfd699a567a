package dev.millrace.local.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of spark-submit, taken apart: what the driver's JVM needs when it is started
 * without Spark's scripts.
 *
 * @param mainClass {@code --class}
 * @param heap {@code --driver-memory}
 * @param settings {@code --master} and every {@code --conf}
 * @param arguments what follows the jar
 */
public record SparkSubmit(
    String mainClass, String heap, Map<String, String> settings, List<String> arguments) {

  /** Takes the words after {@code spark-submit} apart. */
  public static SparkSubmit parse(List<String> words) {
    String mainClass = "";
    String heap = "1g";
    var settings = new TreeMap<String, String>();
    int i = 0;
    for (; i + 1 < words.size() && words.get(i).startsWith("--"); i += 2) {
      String value = words.get(i + 1);
      switch (words.get(i)) {
        case "--class" -> mainClass = value;
        case "--driver-memory" -> heap = value;
        case "--master" -> settings.put("spark.master", value);
        case "--conf" -> {
          int equals = value.indexOf('=');
          settings.put(value.substring(0, equals), value.substring(equals + 1));
        }
        default ->
            throw new IllegalArgumentException("spark-submit's " + words.get(i) + " is not played");
      }
    }
    // The word after the options is the jar, which is on our class path.
    return new SparkSubmit(
        mainClass, heap, settings, new ArrayList<>(words.subList(i + 1, words.size())));
  }
}
