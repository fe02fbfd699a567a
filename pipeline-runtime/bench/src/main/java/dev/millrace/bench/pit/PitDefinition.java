package dev.millrace.bench.pit;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Attribution;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DefinitionHash;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.Feature;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.Precision;
import dev.millrace.contract.QualityRules;
import dev.millrace.contract.SchemaField;
import dev.millrace.contract.SourceFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is computed: Count, Sum, Mean and Max of an amount over five windows, by card, at every
 * anchor; one event in ten is an anchor.
 */
final class PitDefinition {
  static final String PIPELINE = "payments";
  static final String ENTITY = "card";
  static final String KEY = "card_id";
  static final String ID = "tx_id";
  static final String AMOUNT = "amount";
  static final String SAMPLED = "sampled";

  static final long SLIDE = Duration.ofMinutes(1).toMillis();
  static final long SERVING_DELAY = Duration.ofSeconds(15).toMillis();

  /** Multiples of {@link PitWorkload#SLOT}: see there. */
  static final List<String> WINDOWS = List.of("12h", "1d", "3d", "7d", "14d");

  private static final Duration ATTRIBUTION = Duration.ofDays(7);
  private static final Duration LABEL_DELAY = Duration.ofDays(1);

  /** How long after its instant an anchor is final. */
  static final Duration MATURE_AFTER = ATTRIBUTION.plus(LABEL_DELAY);

  static final List<String> FEATURES = List.of("n", "total", "mean", "most");

  private static final long OUT_OF_ORDERNESS = Duration.ofSeconds(10).toMillis();
  private static final long FUTURE_SKEW = Duration.ofMinutes(5).toMillis();

  private PitDefinition() {}

  static Definition definition() {
    return new Definition(
        SLIDE,
        schema(
            field(ID, ColumnType.STRING),
            field(KEY, ColumnType.STRING),
            field(AMOUNT, ColumnType.LONG),
            field(SAMPLED, ColumnType.BOOLEAN)),
        Duration.ofHours(1).toMillis(),
        Duration.ofDays(1).toMillis(),
        List.of(
            new Entity(
                ENTITY,
                List.of(KEY),
                List.of(
                    feature("n", Aggregation.COUNT, ""),
                    feature("total", Aggregation.SUM, AMOUNT),
                    feature("mean", Aggregation.MEAN, AMOUNT),
                    feature("most", Aggregation.MAX, AMOUNT)),
                List.of())),
        Definition.NUMERICS_VERSION);
  }

  /** Names of the 20 columns, in order. */
  static List<String> columns() {
    return FEATURES.stream()
        .flatMap(feature -> WINDOWS.stream().map(window -> feature + "_" + window))
        .toList();
  }

  /**
   * The extract.
   *
   * @param location the pipeline's folder as a URI
   * @param wiring label topic and where the training set goes
   */
  static ExtractDocument extract(String location, ExtractWiring wiring) {
    var pipeline =
        new JoinedPipeline(
            PIPELINE,
            PitWorkload.VERSION,
            DefinitionHash.of(definition()),
            definition(),
            location,
            List.of(ENTITY),
            Map.of(),
            List.of("*"));
    return new ExtractDocument(
        ExtractDocument.CODEC,
        "bench",
        "fraud-7d",
        "uid-extract",
        PIPELINE,
        pipeline,
        SAMPLED,
        List.of(pipeline),
        label(),
        List.of(),
        SERVING_DELAY,
        Long.MIN_VALUE,
        new QualityRules(7, 5, 90, 20, 1000, "", 0),
        wiring);
  }

  private static LabelDefinition label() {
    return new LabelDefinition(
        "is_fraud",
        schema(
            field("report_id", ColumnType.STRING),
            field(ID, ColumnType.STRING),
            field("fraud", ColumnType.BOOLEAN)),
        new LabelMatch.ByReference(ID, ID),
        "fraud",
        "false",
        0,
        ATTRIBUTION.toMillis(),
        LABEL_DELAY.toMillis(),
        LABEL_DELAY.toMillis(),
        Attribution.LAST_TOUCH);
  }

  private static EventSchema schema(SchemaField... fields) {
    var all = new ArrayList<>(List.of(fields));
    all.add(field("ts", ColumnType.LONG));
    return new EventSchema(
        SourceFormat.JSON,
        all,
        all.get(0).name(),
        "ts",
        EventTimeUnit.MILLIS,
        OUT_OF_ORDERNESS,
        FUTURE_SKEW);
  }

  private static SchemaField field(String name, ColumnType type) {
    return new SchemaField(name, type, false, "");
  }

  private static Feature feature(String name, Aggregation aggregation, String value) {
    return new Feature(name, aggregation, value, "", WINDOWS, 0, "", Precision.EXACT, "");
  }
}
