package dev.millrace.local.demo;

import dev.millrace.contract.Entity;
import dev.millrace.contract.EntityKey;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.stack.OnlineReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A row as the online store holds it.
 *
 * @param entity name of the entity
 * @param key canonical key text
 * @param asOf T of the row, epoch milliseconds
 * @param values text per column; null columns are absent
 */
record OnlineSample(String entity, String key, long asOf, Map<String, String> values) {

  /**
   * The fullest rows of the first entity, of these the newest; ties by key, so that a rerun shows
   * the same.
   */
  static List<OnlineSample> fullest(OnlineReader online, PipelineDocument document, int rows) {
    Entity entity = document.definition().entities().get(0);
    String some =
        OnlineKeys.row(
            document.namespace(), document.pipeline(), entity.name(), "*", document.version());
    int keyFrom = some.indexOf('*');
    int suffix = some.length() - keyFrom - 1;
    var samples = new ArrayList<OnlineSample>();
    for (String redisKey : online.keys(some)) {
      Map<String, String> row = online.row(redisKey);
      String asOf = row.remove(OnlineKeys.AS_OF);
      if (asOf != null && !row.isEmpty()) {
        String key = redisKey.substring(keyFrom, redisKey.length() - suffix);
        samples.add(new OnlineSample(entity.name(), key, Long.parseLong(asOf), row));
      }
    }
    samples.sort(
        Comparator.comparingLong(OnlineSample::empty)
            .thenComparing(Comparator.comparingLong(OnlineSample::asOf).reversed())
            .thenComparing(OnlineSample::key));
    return List.copyOf(samples.subList(0, Math.min(rows, samples.size())));
  }

  /** Columns that say that a window is empty. */
  private long empty() {
    return values.values().stream().filter(value -> value.matches("0(\\.0+)?")).count();
  }

  /** The key as people write it. */
  String keyText() {
    return String.join(",", EntityKey.parts(key));
  }

  /**
   * Whether recomputed values are the same, bit for bit: the texts are one to one.
   *
   * @param recomputed text or null per column
   */
  boolean equalsRecomputed(Map<String, String> recomputed) {
    for (Map.Entry<String, String> column : recomputed.entrySet()) {
      String online = values.get(column.getKey());
      if (online == null ? column.getValue() != null : !online.equals(column.getValue())) {
        return false;
      }
    }
    return recomputed.keySet().containsAll(values.keySet());
  }
}
