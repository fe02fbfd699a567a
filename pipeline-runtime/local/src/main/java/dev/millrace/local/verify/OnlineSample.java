package dev.millrace.local.verify;

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
public record OnlineSample(String entity, String key, long asOf, Map<String, String> values) {

  /**
   * The fullest rows of the first entity, of these the newest; ties by key, so that a rerun shows
   * the same.
   */
  public static List<OnlineSample> fullest(
      OnlineReader online, PipelineDocument document, int rows) {
    List<OnlineSample> samples = all(online, document, document.definition().entities().get(0));
    samples.removeIf(sample -> sample.values.isEmpty());
    samples.sort(
        Comparator.comparingLong(OnlineSample::empty)
            .thenComparing(Comparator.comparingLong(OnlineSample::asOf).reversed())
            .thenComparing(OnlineSample::key));
    return List.copyOf(samples.subList(0, Math.min(rows, samples.size())));
  }

  /** Every row of an entity, in any order. */
  public static List<OnlineSample> all(
      OnlineReader online, PipelineDocument document, Entity entity) {
    String some =
        OnlineKeys.row(
            document.namespace(), document.pipeline(), entity.name(), "*", document.version());
    int keyFrom = some.indexOf('*');
    int suffix = some.length() - keyFrom - 1;
    var samples = new ArrayList<OnlineSample>();
    for (String redisKey : online.keys(some)) {
      Map<String, String> row = online.row(redisKey);
      String asOf = row.remove(OnlineKeys.AS_OF);
      if (asOf != null) {
        String key = redisKey.substring(keyFrom, redisKey.length() - suffix);
        samples.add(new OnlineSample(entity.name(), key, Long.parseLong(asOf), row));
      }
    }
    return samples;
  }

  /** Columns that say that a window is empty. */
  private long empty() {
    return values.values().stream().filter(OnlineSample::isZero).count();
  }

  /** Whether a text is the number zero. */
  static boolean isZero(String value) {
    return value.matches("0(\\.0+)?");
  }

  /** The key as people write it. */
  public String keyText() {
    return String.join(",", EntityKey.parts(key));
  }

  /**
   * Whether recomputed values are the same, bit for bit: the texts are one to one.
   *
   * @param recomputed text or null per column
   */
  public boolean equalsRecomputed(Map<String, String> recomputed) {
    for (Map.Entry<String, String> column : recomputed.entrySet()) {
      String online = values.get(column.getKey());
      if (online == null ? column.getValue() != null : !online.equals(column.getValue())) {
        return false;
      }
    }
    return recomputed.keySet().containsAll(values.keySet());
  }
}
