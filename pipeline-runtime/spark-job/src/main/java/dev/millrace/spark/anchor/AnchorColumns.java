package dev.millrace.spark.anchor;

import static org.apache.spark.sql.functions.col;

import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.label.LabelMatchStage;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/** Working columns of an anchor on its way to a training row. */
public final class AnchorColumns {
  /** Event id of the anchor, with the field's type. */
  public static final String ID = "__id";

  /** t0, epoch milliseconds. */
  public static final String TIME = "__t0";

  /** Positions in the schema of the fields without a value, for the quality gate. */
  public static final String NULL_FIELDS = "__null_fields";

  public static final String PARTITION = "__partition";
  public static final String OFFSET = "__offset";

  private static final String FIELD = "__f_";

  private AnchorColumns() {}

  /** Column of one of the anchor's schema fields. */
  public static Column field(String name) {
    return col(fieldName(name));
  }

  /** Name of {@link #field}. */
  public static String fieldName(String name) {
    return FIELD + name;
  }

  /** Schema fields of the anchor that matching and joining need. */
  static TreeSet<String> fields(ExtractDocument document) {
    var fields = new TreeSet<String>();
    fields.addAll(LabelMatchStage.anchorFields(document));
    document
        .surrogates()
        .forEach(each -> fields.addAll(LabelMatchStage.anchorFields(document.ofSurrogate(each))));
    for (JoinedPipeline pipeline : document.pipelines()) {
      for (String name : pipeline.entities()) {
        fields.addAll(keyFields(pipeline, pipeline.definition().entity(name)));
      }
    }
    return fields;
  }

  /** The anchor's fields that form a joined entity's key, in the entity's order. */
  static List<String> keyFields(JoinedPipeline pipeline, Entity entity) {
    return entity.keys().stream().map(key -> pipeline.keys().getOrDefault(key, key)).toList();
  }

  /** Columns of {@link #keyFields}. */
  public static List<Column> keys(JoinedPipeline pipeline, Entity entity) {
    return keyFields(pipeline, entity).stream().map(AnchorColumns::field).toList();
  }
}
