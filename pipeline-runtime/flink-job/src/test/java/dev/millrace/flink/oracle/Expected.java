package dev.millrace.flink.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.EntityKey;
import dev.millrace.contract.ProgressFile;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.TestTopics;
import dev.millrace.kernel.LogJudge;
import dev.millrace.testkit.JudgedRecord;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.NaiveLog;
import dev.millrace.testkit.NaiveWindows;
import dev.millrace.testkit.OracleEvent;
import dev.millrace.testkit.OracleVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Everything a job must have written for a log, from the oracle alone. */
final class Expected {
  private final List<JudgedRecord> judged;
  private final long clock;
  private final NaiveWindows windows = ShopStream.windows();
  private final List<String> columns = ShopStream.columns();

  private Expected(List<JudgedRecord> judged, long clock) {
    this.judged = judged;
    this.clock = clock;
  }

  /**
   * @param log in an order that keeps each partition's
   */
  static Expected of(List<LogRecord> log) {
    List<JudgedRecord> judged = new NaiveLog(ShopStream.RULES).judge(log);
    return new Expected(judged, clockOf(judged));
  }

  /** The slowest partition's progress, behind by maxOutOfOrderness, on the grid. */
  private static long clockOf(List<JudgedRecord> judged) {
    var progress = new TreeMap<Integer, Long>();
    for (JudgedRecord each : judged) {
      if (each.verdict() != OracleVerdict.UNDECODABLE
          && each.verdict() != OracleVerdict.FROM_FUTURE) {
        LogRecord record = each.record();
        progress.merge(record.partition(), Math.min(record.ts(), record.arrival()), Math::max);
      }
    }
    long slowest = progress.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    long exact = slowest - ShopStream.RULES.maxOutOfOrdernessMillis();
    return exact - Math.floorMod(exact, ShopStream.SLIDE);
  }

  /** Compares all that the job has written up to its last completed checkpoint. */
  void check(JobRun run) throws Exception {
    ProgressFile progress = run.progress();
    assertThat(progress.archiveClock()).isEqualTo(clock).isGreaterThan(LogJudge.NO_PROGRESS);
    checkArchive(run);
    long rows = 0;
    for (int entity = 0; entity < ShopStream.ENTITIES.size(); entity++) {
      rows += checkFeatureLog(run, entity);
    }
    assertThat(progress.accounting()).isEqualTo(accounting(rows));
    assertThat(progress.accounting().adds()).isTrue();
    for (int entity = 0; entity < ShopStream.ENTITIES.size(); entity++) {
      checkOnline(run, entity);
    }
    assertThat(origins(run, run.topics().late()))
        .containsExactlyInAnyOrderElementsOf(origins(OracleVerdict.LATE));
    var dead = new ArrayList<>(origins(OracleVerdict.UNDECODABLE));
    dead.addAll(origins(OracleVerdict.FROM_FUTURE));
    assertThat(origins(run, run.topics().dead())).containsExactlyInAnyOrderElementsOf(dead);
  }

  private Accounting accounting(long rows) {
    return new Accounting(
        judged.size(),
        count(OracleVerdict.ACCEPTED),
        count(OracleVerdict.DUPLICATE),
        count(OracleVerdict.LATE),
        count(OracleVerdict.UNDECODABLE) + count(OracleVerdict.FROM_FUTURE),
        0,
        rows,
        rows);
  }

  private long checkFeatureLog(JobRun run, int entity) throws Exception {
    String name = ShopStream.ENTITIES.get(entity);
    var expected = new ArrayList<Map<String, Object>>();
    byKey(entity).forEach((key, events) -> expected.addAll(rows(name, key, events)));
    assertThat(sorted(run.featureRows(name), name)).isEqualTo(sorted(expected, name));
    return expected.size();
  }

  private void checkOnline(JobRun run, int entity) {
    String name = ShopStream.ENTITIES.get(entity);
    byKey(entity)
        .forEach((key, events) -> checkOnline(run, name, key, events, rows(name, key, events)));
  }

  private Map<String, List<OracleEvent>> byKey(int entity) {
    return judged.stream()
        .filter(JudgedRecord::isAccepted)
        .filter(each -> each.record().keys().get(entity) != null)
        .collect(
            Collectors.groupingBy(
                each -> each.record().keys().get(entity),
                TreeMap::new,
                Collectors.mapping(JudgedRecord::event, Collectors.toList())));
  }

  private List<Map<String, Object>> rows(String entity, String key, List<OracleEvent> events) {
    var rows = new ArrayList<Map<String, Object>>();
    for (long t : windows.firedGridPoints(events, clock)) {
      var row = new LinkedHashMap<String, Object>();
      row.put(entity, entity.equals("item") ? (Object) Long.valueOf(key) : key);
      row.put("_asof", t);
      List<Object> values = windows.row(events, t);
      for (int i = 0; i < values.size(); i++) {
        row.put(columns.get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private void checkOnline(
      JobRun run,
      String entity,
      String key,
      List<OracleEvent> events,
      List<Map<String, Object>> rows) {
    Map<String, String> expected = new TreeMap<>();
    if (!rows.isEmpty()) {
      Map<String, Object> last = rows.get(rows.size() - 1);
      long asOf = (Long) last.get("_asof");
      expected.put("_asof", Long.toString(asOf));
      for (String column : windows.isEmpty(events, asOf) ? List.<String>of() : columns) {
        if (last.get(column) != null) {
          expected.put(column, last.get(column).toString());
        }
      }
    }
    assertThat(new TreeMap<>(run.online(entity, EntityKey.of(List.of(key)))))
        .as("%s %s", entity, key)
        .isEqualTo(expected);
  }

  private static List<Map<String, Object>> sorted(List<Map<String, Object>> rows, String key) {
    var sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparing((Map<String, Object> row) -> row.get(key).toString())
            .thenComparing(row -> (Long) row.get("_asof")));
    return sorted;
  }

  private void checkArchive(JobRun run) throws Exception {
    List<String> expected =
        judged.stream()
            .filter(JudgedRecord::isAccepted)
            .map(
                each ->
                    origin(each.record().partition(), each.record().offset())
                        + " ts "
                        + each.record().ts()
                        + " id "
                        + each.record().id()
                        + " from "
                        + each.visibleFrom())
            .toList();
    List<String> actual =
        run.archivedEvents().stream()
            .map(
                row ->
                    origin((Integer) row.get("_partition"), (Long) row.get("_offset"))
                        + " ts "
                        + row.get("_ts")
                        + " id "
                        + row.get("_event_id")
                        + " from "
                        + row.get("_visible_from"))
            .toList();
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
  }

  private long count(OracleVerdict verdict) {
    return judged.stream().filter(each -> each.verdict() == verdict).count();
  }

  private List<String> origins(OracleVerdict verdict) {
    return judged.stream()
        .filter(each -> each.verdict() == verdict)
        .map(each -> origin(each.record().partition(), each.record().offset()))
        .toList();
  }

  private static List<String> origins(JobRun run, String topic) {
    return run.topics().read(topic).stream().map(Expected::origin).distinct().toList();
  }

  private static String origin(ConsumerRecord<byte[], byte[]> record) {
    return origin(
        Integer.parseInt(TestTopics.header(record, "partition")),
        Long.parseLong(TestTopics.header(record, "offset")));
  }

  private static String origin(int partition, long offset) {
    return partition + "/" + offset;
  }
}
