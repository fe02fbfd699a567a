package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.FieldType;
import dev.millrace.operator.plan.spec.SourceSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;

/** Rules about a source's schema, id and event time: reliability.md §6, rows 18–24. */
final class SourceRules {
  private static final Set<String> RESERVED = Set.of("dt");

  private final String path;
  private final SourceSpec source;
  private final Violations violations;

  SourceRules(String path, SourceSpec source, Violations violations) {
    this.path = path;
    this.source = source;
    this.violations = violations;
  }

  void check() {
    format();
    names();
    source.schema().forEach(this::pointer);
    eventId();
    eventTime();
  }

  /** The seam for Avro and Protobuf is there, their decoders are not. */
  private void format() {
    if (!source.format().equals("Json")) {
      violations.unsupported(
          path + ".format", quote(source.format()) + " is not read by this release; use Json");
    }
  }

  private void names() {
    var seen = new HashMap<String, String>();
    for (SourceSpec.FieldSpec field : source.schema()) {
      String at = path + ".schema[" + field.name() + "].name";
      if (RESERVED.contains(field.name().toLowerCase(Locale.ROOT))) {
        violations.invalid(
            at, quote(field.name()) + " is a reserved column; choose another name and set path");
      }
      String first = seen.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field.name());
      if (first != null && !first.equals(field.name())) {
        violations.duplicate(
            at,
            quote(field.name())
                + " differs from "
                + quote(first)
                + " only by case, Parquet and Spark cannot tell them apart; rename one");
      }
    }
  }

  private void pointer(SourceSpec.FieldSpec field) {
    if (!field.path().isEmpty()
        && !field.path().startsWith("/")
        && source.format().equals("Json")) {
      violations.invalid(
          path + ".schema[" + field.name() + "].path",
          quote(field.path()) + " is not a JSON pointer; write " + quote("/" + field.path()));
    }
  }

  private void eventId() {
    SourceSpec.FieldSpec field = field(path + ".eventId", source.eventId());
    if (field != null && !field.type().equals("String") && !field.type().equals("Long")) {
      violations.invalid(
          path + ".eventId",
          quote(field.name())
              + " has type "
              + field.type()
              + "; an id is a String or Long that is never null");
    }
  }

  private void eventTime() {
    SourceSpec.FieldSpec field = field(path + ".eventTime.field", source.eventTime().field());
    if (field == null) {
      return;
    }
    String unit = source.eventTime().unit();
    boolean iso = unit.equals("Iso8601");
    switch (FieldType.parse(field.type())) {
      case STRING -> {
        if (!iso) {
          unit(unit, field, "Iso8601");
        }
      }
      case LONG, TIMESTAMP -> {
        if (iso) {
          unit(unit, field, "Millis");
        }
      }
      case DOUBLE, BOOLEAN, DECIMAL ->
          violations.invalid(
              path + ".eventTime.field",
              quote(field.name())
                  + " has type "
                  + field.type()
                  + "; use a Timestamp, Long or String field");
    }
  }

  private void unit(String unit, SourceSpec.FieldSpec field, String fitting) {
    violations.invalid(
        path + ".eventTime.unit",
        quote(unit)
            + " does not fit the "
            + field.type()
            + " field "
            + quote(field.name())
            + "; set unit: "
            + fitting);
  }

  /** The schema field of that name, or null after a violation. */
  SourceSpec.FieldSpec field(String at, String name) {
    SourceSpec.FieldSpec field = source.field(name);
    if (field == null) {
      var names = source.schema().stream().map(SourceSpec.FieldSpec::name).toList();
      violations.notFound(
          at,
          quote(name)
              + " is not a field of "
              + path
              + ".schema; "
              + NearestName.advice(name, names, "fields"));
    }
    return field;
  }
}
