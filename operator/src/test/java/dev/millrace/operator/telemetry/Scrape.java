package dev.millrace.operator.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scrape, read. */
record Scrape(
    Map<String, Double> samples, Map<String, String> types, Map<String, Set<String>> labels) {
  private static final Pattern LINE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\"");

  static Scrape of(String text) {
    var samples = new TreeMap<String, Double>();
    var types = new TreeMap<String, String>();
    var labels = new TreeMap<String, Set<String>>();
    for (String line : text.split("\n")) {
      if (line.startsWith("# TYPE ")) {
        String[] parts = line.split(" ");
        types.put(parts[2], parts[3]);
      }
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        String body = matcher.group(2) == null ? "" : matcher.group(2);
        samples.put(line.substring(0, line.lastIndexOf(' ')), value(matcher.group(3)));
        Set<String> names = labels.computeIfAbsent(matcher.group(1), absent -> new TreeSet<>());
        LABEL.matcher(body).results().forEach(label -> names.add(label.group(1)));
      }
    }
    return new Scrape(samples, types, labels);
  }

  private static double value(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  double value(String name, String labels) {
    Double value = samples.get(labels.isEmpty() ? name : name + "{" + labels + "}");
    if (value == null) {
      throw new AssertionError("no " + name + "{" + labels + "} in " + samples.keySet());
    }
    return value;
  }

  long seriesWith(String part) {
    return samples.keySet().stream().filter(name -> name.contains(part)).count();
  }
}
