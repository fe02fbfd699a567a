package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Round trips of random definitions; jqwik reports the seed. */
class DocumentCodecPropertyTest {
  @Property(tries = 300)
  void readsBackAnyDefinition(@ForAll("definitions") Definition definition) {
    var document = Documents.pipeline(definition);
    assertThat(DocumentCodec.readPipeline(DocumentCodec.write(document))).isEqualTo(document);
  }

  @Property(tries = 100)
  void hashesDifferentDefinitionsDifferently(
      @ForAll("definitions") Definition one, @ForAll("definitions") Definition other) {
    if (!DefinitionHash.canonicalJson(one).equals(DefinitionHash.canonicalJson(other))) {
      assertThat(DefinitionHash.of(one)).isNotEqualTo(DefinitionHash.of(other));
    }
    assertThat(DefinitionHash.of(one)).matches("[0-9a-f]{64}");
  }

  @Provide
  Arbitrary<Definition> definitions() {
    return Combinators.combine(
            millis(), schemas(), millis(), millis(), entities().list().ofMaxSize(3))
        .as(
            (slide, schema, lateness, horizon, entities) ->
                new Definition(slide, schema, lateness, horizon, entities, 1));
  }

  private static Arbitrary<EventSchema> schemas() {
    Arbitrary<SchemaField> fields =
        Combinators.combine(texts(), types(), Arbitraries.of(true, false), texts())
            .as(SchemaField::new);
    return Combinators.combine(
            Arbitraries.of(SourceFormat.values()),
            fields.list().ofMaxSize(5),
            texts(),
            texts(),
            Arbitraries.of(EventTimeUnit.values()),
            millis(),
            millis())
        .as(EventSchema::new);
  }

  private static Arbitrary<Entity> entities() {
    Arbitrary<Derived> derived = Combinators.combine(texts(), texts()).as(Derived::new);
    return Combinators.combine(
            texts(),
            texts().list().ofMaxSize(3),
            features().list().ofMaxSize(3),
            derived.list().ofMaxSize(2))
        .as(Entity::new);
  }

  private static Arbitrary<Feature> features() {
    Arbitrary<List<String>> expressions = texts().list().ofSize(5);
    return Combinators.combine(
            Arbitraries.of(Aggregation.values()),
            expressions,
            Arbitraries.of("5m", "24h", "7d").list().ofMaxSize(3),
            millis(),
            Arbitraries.of(Precision.values()))
        .as(
            (aggregation, texts, windows, offset, precision) ->
                new Feature(
                    texts.get(0),
                    aggregation,
                    texts.get(1),
                    texts.get(2),
                    windows,
                    offset,
                    texts.get(3),
                    precision,
                    texts.get(4)));
  }

  private static Arbitrary<ColumnType> types() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            ColumnType.STRING,
            ColumnType.LONG,
            ColumnType.DOUBLE,
            ColumnType.BOOLEAN,
            ColumnType.TIMESTAMP),
        Arbitraries.integers().between(0, 18).map(ColumnType::decimal));
  }

  private static Arbitrary<Long> millis() {
    return Arbitraries.longs();
  }

  /** Texts as hostile as JSON allows: quotes, control characters, any plane, no half surrogates. */
  private static Arbitrary<String> texts() {
    return Arbitraries.of(
        "a", "", "\"", "\\", "\n", "\0", "ü", "😀", "\u2028", "/", "{}", "amount > 0.0");
  }
}
