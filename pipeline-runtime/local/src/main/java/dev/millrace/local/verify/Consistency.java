package dev.millrace.local.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.stack.OnlineReader;
import dev.millrace.local.terminal.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Whether recomputed = logged = online, bit for bit (semantics.md §7, §10). Its JSON is what {@code
 * millrace consistency -o json} prints.
 *
 * @param schema name and version of this form
 * @param namespace namespace of the pipeline
 * @param pipeline its name
 * @param version the version compared
 * @param featureLog every row of the feature log beside the same row computed again
 * @param online sampled rows of the online store beside the same rows computed again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Consistency(
    String schema,
    String namespace,
    String pipeline,
    int version,
    Comparison featureLog,
    Comparison online) {
  static final String SCHEMA = "millrace.consistency/v1";

  /**
   * One comparison.
   *
   * @param rows rows compared
   * @param differ rows that are not the same
   * @param byColumn how many, by {@code <entity>__<column>}
   */
  public record Comparison(long rows, long differ, SortedMap<String, Long> byColumn) {}

  /** Whether everything is the same. */
  public boolean holds() {
    return featureLog.differ() == 0 && online.differ() == 0;
  }

  /** For a terminal. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(pipeline + " version " + version);
    add(lines, "recomputed = logged", featureLog);
    add(lines, "recomputed = online", online);
    return lines;
  }

  private static void add(List<String> lines, String what, Comparison comparison) {
    lines.add(
        (comparison.differ() == 0 ? " ✓ " : " ✗ ")
            + what
            + "   "
            + Text.count(comparison.rows() - comparison.differ())
            + " of "
            + Text.count(comparison.rows())
            + " rows, bit for bit");
    comparison.byColumn().forEach((column, rows) -> lines.add("     " + column + "   " + rows));
  }

  /**
   * Rows of all entities that the archive covers, those with the least hash of their key: the same
   * keys each time, whatever they hold.
   *
   * @param archiveClock up to where all events are archived, epoch milliseconds
   * @param most rows at most
   */
  public static List<OnlineSample> sample(
      OnlineReader reader, PipelineDocument document, long archiveClock, int most) {
    var samples = new ArrayList<OnlineSample>();
    for (Entity entity : document.definition().entities()) {
      samples.addAll(OnlineSample.all(reader, document, entity));
    }
    samples.removeIf(sample -> sample.asOf() > archiveClock);
    samples.sort(
        Comparator.comparingLong(Consistency::hash)
            .thenComparing(OnlineSample::entity)
            .thenComparing(OnlineSample::key));
    return List.copyOf(samples.subList(0, Math.min(most, samples.size())));
  }

  /** What a verification found about the sample. */
  public static Consistency of(
      PipelineDocument document, List<OnlineSample> sample, Findings findings) {
    List<Map<String, String>> recomputed = findings.recomputed();
    var byColumn = new TreeMap<String, Long>();
    long differ = 0;
    for (int i = 0; i < sample.size(); i++) {
      String entity = sample.get(i).entity();
      Map<String, String> values = sample.get(i).values();
      List<String> columns =
          values.isEmpty()
              ? notEmpty(document.definition().entity(entity), recomputed.get(i))
              : different(values, recomputed.get(i));
      columns.forEach(column -> byColumn.merge(entity + "__" + column, 1L, Long::sum));
      differ += columns.isEmpty() ? 0 : 1;
    }
    return new Consistency(
        SCHEMA,
        document.namespace(),
        document.pipeline(),
        document.version(),
        new Comparison(
            findings.parity("rows"),
            findings.parity("mismatches"),
            new TreeMap<>(findings.parityByColumn())),
        new Comparison(sample.size(), differ, byColumn));
  }

  /** A row with {@code _asof} alone says that all windows are empty. */
  private static List<String> notEmpty(Entity entity, Map<String, String> recomputed) {
    var columns = new ArrayList<String>();
    for (Feature feature : entity.features()) {
      for (String window : feature.windows()) {
        String value = recomputed.get(feature.column(window));
        if (value != null && !OnlineSample.isZero(value)) {
          columns.add(feature.column(window));
        }
      }
    }
    return columns;
  }

  private static List<String> different(
      Map<String, String> online, Map<String, String> recomputed) {
    var names = new TreeSet<>(recomputed.keySet());
    names.addAll(online.keySet());
    names.removeIf(name -> Objects.equals(online.get(name), recomputed.get(name)));
    return List.copyOf(names);
  }

  private static long hash(OnlineSample sample) {
    var hash = new CRC32C();
    hash.update((sample.entity() + ":" + sample.key()).getBytes(StandardCharsets.UTF_8));
    return hash.getValue();
  }
}
