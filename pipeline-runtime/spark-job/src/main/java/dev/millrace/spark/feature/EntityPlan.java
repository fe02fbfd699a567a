package dev.millrace.spark.feature;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.kernel.KeyState;
import dev.millrace.spark.archive.SparkValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One entity of one pipeline of an extract. What is sent to executors is the document's text: a
 * compiled program belongs to one thread and is compiled where it runs.
 */
public final class EntityPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String document;
  private final String pipeline;
  private final String entity;
  private final boolean everyColumn;
  private transient JoinedPipeline joined;

  private EntityPlan(String document, String pipeline, String entity, boolean everyColumn) {
    this.document = document;
    this.pipeline = pipeline;
    this.entity = entity;
    this.everyColumn = everyColumn;
  }

  /** The columns that a joined pipeline's {@code include} patterns select. */
  public static EntityPlan included(ExtractDocument document, String pipeline, String entity) {
    return new EntityPlan(DocumentCodec.write(document), pipeline, entity, false);
  }

  /** Every column, as the feature log and the online store have them. */
  public static EntityPlan whole(ExtractDocument document, String pipeline, String entity) {
    return new EntityPlan(DocumentCodec.write(document), pipeline, entity, true);
  }

  /** The pipeline that holds the entity. */
  public JoinedPipeline pipeline() {
    if (joined == null) {
      joined = find(DocumentCodec.readExtract(document), pipeline);
    }
    return joined;
  }

  /** The entity. */
  public Entity entity() {
    return pipeline().definition().entity(entity);
  }

  /** All columns of the entity's rows. */
  public List<OutputColumn> columns() {
    return compile().columns();
  }

  /** The columns of the result. */
  public List<OutputColumn> selected() {
    List<OutputColumn> columns = columns();
    return IntStream.of(selectedIndexes(columns)).mapToObj(columns::get).toList();
  }

  /** Values of {@link #selected} while all windows are empty, null for null. */
  public List<Object> emptyValues() {
    EntityProgram program = compile();
    var row = new FeatureRow(program.columns());
    var state = new KeyState(program.layout());
    state.advance(0);
    program.read(state, row);
    var values = new ArrayList<Object>();
    for (int column : selectedIndexes(program.columns())) {
      ColumnType type = program.columns().get(column).type();
      if (row.isNull(column)) {
        values.add(null);
      } else {
        values.add(
            type.type() == FieldType.STRING
                ? SparkValues.ofText(row.text(column))
                : SparkValues.ofBits(type, row.bits(column)));
      }
    }
    return values;
  }

  /** A program for the calling thread; it keeps no event ids, the archive has no duplicates. */
  EntityProgram compile() {
    return EntityProgram.compile(pipeline().definition(), entity, false);
  }

  EventColumns eventColumns() {
    Definition definition = pipeline().definition();
    return new EventColumns(definition, definition.entity(entity));
  }

  int[] selectedIndexes(List<OutputColumn> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> everyColumn || isIncluded(columns.get(i).name()))
        .toArray();
  }

  private boolean isIncluded(String column) {
    return pipeline().include().stream()
        .anyMatch(pattern -> column.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
  }

  private static JoinedPipeline find(ExtractDocument document, String name) {
    for (JoinedPipeline pipeline : document.pipelines()) {
      if (pipeline.pipeline().equals(name)) {
        return pipeline;
      }
    }
    return document.anchor();
  }
}
