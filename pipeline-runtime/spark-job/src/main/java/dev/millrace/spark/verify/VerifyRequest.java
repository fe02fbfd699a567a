package dev.millrace.spark.verify;

import java.util.List;

/**
 * What {@code VerifyMain} is asked: a JSON file such as
 *
 * <pre>{"leakAnchors": 500, "firstRows": 3,
 *  "rows": [{"entity": "customer", "key": "17850", "asOf": 1323435600000}]}</pre>
 *
 * @param leakAnchors anchors the leak check samples; 0 for none
 * @param firstRows rows of the training set to show; 0 for none
 * @param rows rows of the anchor pipeline to recompute
 */
public record VerifyRequest(int leakAnchors, int firstRows, List<RowRequest> rows) {
  public VerifyRequest {
    rows = List.copyOf(rows);
  }

  /**
   * One row to recompute.
   *
   * @param entity entity of the anchor pipeline
   * @param key canonical key text ({@code EntityKey}), as in the online key
   * @param asOf T in epoch milliseconds, a grid point: the online row's {@code _asof}
   */
  public record RowRequest(String entity, String key, long asOf) {}
}
