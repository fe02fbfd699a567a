package dev.millrace.bench.pit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds the contenders' rows against each other and, for a thousand cards, against a plain range
 * join of anchors and raw events. Arguments: those of {@link PitWorkload#of}, a file for the
 * outcome as JSON, contenders.
 */
public final class PitCheck {
  /** About so many cards are recomputed. */
  private static final int SAMPLED_CARDS = 1000;

  private final PitWorkload workload;
  private final Statement statement;

  private PitCheck(PitWorkload workload, Statement statement) {
    this.workload = workload;
    this.statement = statement;
  }

  /**
   * A contender's rows.
   *
   * @param rows how many
   * @param hash of all rows and bits, whatever their order
   * @param sampled rows of the sample
   * @param wrong rows of the sample that differ from the range join
   */
  record Rows(long rows, String hash, long sampled, long wrong) {}

  /**
   * What was found.
   *
   * @param anchors number of anchors
   * @param logRows rows of the feature log
   * @param checks by contender
   */
  record Found(long anchors, long logRows, Map<String, Rows> checks) {}

  /** Writes a {@link Found}. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    PitWorkload workload = PitWorkload.of(words);
    Path outcome = Path.of(words.get(PitWorkload.ARGUMENTS));
    Map<String, Rows> checks = new LinkedHashMap<>();
    try (Connection connection = DuckDb.open(workload.folder().resolve("tmp"));
        Statement statement = connection.createStatement()) {
      var check = new PitCheck(workload, statement);
      check.recomputeSample();
      for (String contender : words.subList(PitWorkload.ARGUMENTS + 1, words.size())) {
        checks.put(contender, check.rows(contender));
      }
      Found found =
          new Found(
              check.number(count(workload.anchors() + "/*.parquet")),
              check.number(count(workload.featureLog() + "/*/*.parquet")),
              checks);
      Files.writeString(outcome, JsonMapper.builder().build().writeValueAsString(found));
    }
  }

  private static String count(String files) {
    return "SELECT count(*) FROM read_parquet('" + files + "')";
  }

  private void recomputeSample() throws SQLException {
    long share = Math.max(1, workload.keys() / SAMPLED_CARDS);
    statement.execute(
        "CREATE TABLE sample AS "
            + SampledRangeJoin.query(workload, "hash(card_id) % " + share + " = 0"));
  }

  private Rows rows(String contender) throws SQLException {
    statement.execute("CREATE OR REPLACE VIEW result AS " + result(contender));
    String columns = "tx_id, t, " + String.join(", ", PitDefinition.columns());
    long rows = number("SELECT count(*) FROM result");
    String hash =
        text(
            "SELECT printf('%%016x', bit_xor(hash(%s))) || '-' || sum(hash(%s)) FROM result"
                .formatted(columns, columns));
    long sampled = number("SELECT count(*) FROM result SEMI JOIN sample USING (tx_id)");
    long wrong =
        number(
            "SELECT count(*) FROM (SELECT %s FROM sample EXCEPT ALL SELECT %s FROM result)"
                .formatted(columns, columns));
    return new Rows(rows, hash, sampled, wrong);
  }

  private String result(String contender) {
    Path result = workload.result(contender);
    if (contender.equals(PitContender.MILLRACE_EXTRACT.toString())) {
      String columns =
          PitDefinition.columns().stream()
              .map(column -> PitDefinition.ENTITY + "__" + column + " AS " + column)
              .collect(Collectors.joining(", "));
      return "SELECT anchor_id AS tx_id, epoch_ms(\"T\") AS t, %s FROM read_parquet('%s/dataset/*/*/*.parquet')"
          .formatted(columns, result);
    }
    String files = Files.isDirectory(result) ? result + "/*.parquet" : result.toString();
    return "SELECT * FROM read_parquet('" + files + "')";
  }

  private long number(String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }

  private String text(String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getString(1);
    }
  }
}
