package dev.millrace.contract;

import java.util.List;
import java.util.Map;

/** Documents for tests. */
final class Documents {
  private Documents() {}

  static EventSchema schema() {
    return new EventSchema(
        SourceFormat.JSON,
        List.of(
            new SchemaField("tx_id", ColumnType.STRING, false, ""),
            new SchemaField("card_id", ColumnType.STRING, true, ""),
            new SchemaField("ts", ColumnType.TIMESTAMP, true, "/time/at"),
            new SchemaField("amount", ColumnType.decimal(2), true, "")),
        "tx_id",
        "ts",
        EventTimeUnit.MILLIS,
        10_000,
        300_000);
  }

  static Feature feature() {
    return new Feature(
        "amount_p95",
        Aggregation.QUANTILE,
        "amount",
        "amount > 0.0",
        List.of("1h", "24h"),
        3_600_000,
        "0.95",
        Precision.HOPPED,
        "0");
  }

  static Entity entity() {
    var count =
        new Feature(
            "tx_count", Aggregation.COUNT, "", "", List.of("5m"), 0, "", Precision.EXACT, "");
    return new Entity(
        "card",
        List.of("card_id"),
        List.of(feature(), count),
        List.of(
            new Derived("burst", "tx_count_5m > 10"),
            new Derived("double_count", "2 * tx_count_5m")));
  }

  static Definition definition() {
    var all = new Entity("all", List.of("tx_id", "card_id"), List.of(), List.of());
    return new Definition(
        30_000,
        schema(),
        3_600_000,
        86_400_000,
        List.of(entity(), all),
        Definition.NUMERICS_VERSION);
  }

  static PipelineDocument pipeline(Definition definition) {
    return new PipelineDocument(
        PipelineDocument.CODEC,
        "fraud",
        "card-fraud",
        "uid-1",
        3,
        DefinitionHash.of(definition),
        definition,
        new StreamWiring(
            "localhost:9092",
            "/opt/millrace/secrets/kafka",
            "fraud.payments.tx",
            "fraud.payments.tx.late",
            "fraud.payments.tx.dead",
            true,
            "localhost",
            6379,
            false,
            "",
            "file:///data/p",
            "file:///data/c",
            60_000,
            60_000,
            2,
            720));
  }

  static ExtractDocument extract(LabelMatch match) {
    var joined =
        new JoinedPipeline(
            "card-fraud",
            3,
            DefinitionHash.of(definition()),
            definition(),
            "file:///data/p",
            List.of("card"),
            Map.of("card_id", "card"),
            List.of("*"));
    var label =
        new LabelDefinition(
            "is_fraud",
            schema(),
            match,
            "true",
            "false",
            0,
            3_888_000_000L,
            259_200_000,
            259_200_000,
            Attribution.LAST_TOUCH);
    return new ExtractDocument(
        ExtractDocument.CODEC,
        "fraud",
        "chargeback-45d",
        "uid-2",
        "card-fraud",
        joined,
        "amount > 0.0",
        List.of(joined),
        label,
        List.of(new Surrogate("early", label, "fraud.disputes")),
        15_000,
        Long.MIN_VALUE,
        new QualityRules(7, 5, 90, 20, 1_000, "", 0),
        new ExtractWiring("localhost:9092", "", "fraud.chargebacks", "file:///data/l"));
  }
}
