package dev.millrace.operator.plan;

import static dev.millrace.operator.plan.PlanClass.NEW_VERSION;

import dev.millrace.contract.Definition;
import dev.millrace.contract.Derived;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.Feature;
import dev.millrace.contract.SchemaField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The members of the definition hash (semantics.md §4), compared and put into words. */
final class DefinitionDiff {
  private final Comparison comparison;

  DefinitionDiff(Comparison comparison) {
    this.comparison = comparison;
  }

  void compare(Definition before, Definition after) {
    comparison.millis(NEW_VERSION, "slide", "slide", before.slideMillis(), after.slideMillis());
    schema(before.schema(), after.schema());
    comparison
        .millis(
            NEW_VERSION,
            "source.allowedLateness",
            "allowedLateness",
            before.allowedLatenessMillis(),
            after.allowedLatenessMillis())
        .millis(
            NEW_VERSION,
            "source.deduplication",
            "deduplication.horizon",
            before.deduplicationHorizonMillis(),
            after.deduplicationHorizonMillis())
        .member(
            NEW_VERSION,
            "numerics",
            "the kernel's numerics version",
            before.numericsVersion(),
            after.numericsVersion())
        .member(
            NEW_VERSION,
            "entities",
            "order of entities",
            names(before, after),
            names(after, before));
    each(before.entities(), after.entities(), Entity::name, "entity ", name -> name, this::entity);
  }

  /** Names of the entities that the other definition has too: only their order can differ. */
  private static List<String> names(Definition definition, Definition other) {
    return definition.entities().stream()
        .map(Entity::name)
        .filter(name -> other.entity(name) != null)
        .toList();
  }

  private void schema(EventSchema before, EventSchema after) {
    String subject = "source";
    comparison
        .member(NEW_VERSION, subject, "format", before.format().text(), after.format().text())
        .member(NEW_VERSION, subject, "eventId", before.eventId(), after.eventId())
        .member(
            NEW_VERSION,
            subject,
            "eventTime.field",
            before.eventTimeField(),
            after.eventTimeField())
        .member(
            NEW_VERSION,
            subject,
            "eventTime.unit",
            before.eventTimeUnit().text(),
            after.eventTimeUnit().text())
        .millis(
            NEW_VERSION,
            subject,
            "maxOutOfOrderness",
            before.maxOutOfOrdernessMillis(),
            after.maxOutOfOrdernessMillis())
        .millis(
            NEW_VERSION,
            subject,
            "maxFutureSkew",
            before.maxFutureSkewMillis(),
            after.maxFutureSkewMillis());
    each(
        before.fields(),
        after.fields(),
        SchemaField::name,
        "schema field ",
        name -> "source.schema." + name,
        (old, now) -> {
          String at = "source.schema." + now.name();
          comparison
              .member(NEW_VERSION, at, "type of " + now.name(), old.type(), now.type())
              .member(NEW_VERSION, at, "nullable of " + now.name(), old.nullable(), now.nullable())
              .member(NEW_VERSION, at, "path of " + now.name(), old.path(), now.path());
        });
  }

  private void entity(Entity before, Entity after) {
    String entity = after.name();
    comparison.member(NEW_VERSION, entity, "keys of " + entity, before.keys(), after.keys());
    each(
        before.features(),
        after.features(),
        Feature::name,
        "feature " + entity + "/",
        name -> entity + "." + name,
        (old, now) -> feature(entity, old, now));
    each(
        before.derived(),
        after.derived(),
        Derived::name,
        "derived column " + entity + "/",
        name -> entity + "." + name,
        (old, now) ->
            comparison.member(
                NEW_VERSION,
                entity + "." + now.name(),
                "expression of " + entity + "/" + now.name(),
                old.expression(),
                now.expression()));
  }

  private void feature(String entity, Feature before, Feature after) {
    String at = entity + "." + after.name();
    String of = " of " + entity + "/" + after.name();
    comparison
        .member(
            NEW_VERSION,
            at,
            "aggregation" + of,
            before.aggregation().text(),
            after.aggregation().text())
        .member(NEW_VERSION, at, "value" + of, before.value(), after.value())
        .member(NEW_VERSION, at, "where" + of, before.where(), after.where())
        .member(NEW_VERSION, at, "windows" + of, before.windows(), after.windows())
        .millis(NEW_VERSION, at, "offset" + of, before.offsetMillis(), after.offsetMillis())
        .member(NEW_VERSION, at, "quantile" + of, before.quantile(), after.quantile())
        .member(
            NEW_VERSION, at, "precision" + of, before.precision().text(), after.precision().text())
        .member(NEW_VERSION, at, "emptyAs" + of, before.emptyAs(), after.emptyAs());
  }

  /** Pairs the items of two lists by name: removed, added, or compared. */
  private <T> void each(
      List<T> before,
      List<T> after,
      Function<T, String> name,
      String noun,
      Function<String, String> subject,
      BiConsumer<T, T> compare) {
    Map<String, T> old = new LinkedHashMap<>();
    before.forEach(item -> old.put(name.apply(item), item));
    for (T item : after) {
      T previous = old.remove(name.apply(item));
      if (previous == null) {
        comparison.add(
            NEW_VERSION, subject.apply(name.apply(item)), noun + name.apply(item) + " added");
      } else {
        compare.accept(previous, item);
      }
    }
    old.keySet()
        .forEach(
            gone -> comparison.add(NEW_VERSION, subject.apply(gone), noun + gone + " removed"));
  }
}
