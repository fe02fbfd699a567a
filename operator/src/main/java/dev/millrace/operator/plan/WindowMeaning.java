package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.Violation;
import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.MatchSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.SurrogateSpec;
import dev.millrace.operator.plan.spec.SourceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a row of a published training set means, as the accepted spec itself says (reliability.md
 * §2, L19). It is compared when that spec cannot be planned any more, say because the pipeline it
 * reads has changed: then there is no old plan, but the rows are still there.
 */
final class WindowMeaning {
  private final LabelWindowSpec before;
  private final LabelWindowSpec after;
  private final int publishedRuns;
  private final Violations violations = new Violations();

  private WindowMeaning(LabelWindowSpec before, LabelWindowSpec after, int publishedRuns) {
    this.before = before;
    this.after = after;
    this.publishedRuns = publishedRuns;
  }

  /** Why the new spec is refused; empty if it means the same and keeps what the topics hold. */
  static List<Violation> violations(
      LabelWindowSpec before, LabelWindowSpec after, int publishedRuns) {
    var meaning = new WindowMeaning(before, after, publishedRuns);
    meaning.compare();
    return meaning.violations.errors();
  }

  /** A change of the meaning after the first run. */
  static void refuse(
      Violations violations, String path, String from, String to, int publishedRuns) {
    violations.forbidden(
        path,
        "cannot change from "
            + (from.isEmpty() ? "none" : from)
            + " to "
            + (to.isEmpty() ? "none" : to)
            + " after "
            + publishedRuns
            + " published runs; create a new LabelWindow");
  }

  /** Label topics never lose events: there is no field for an approval (L9). */
  static void refuseRetention(
      Violations violations, String path, long old, long now, int publishedRuns) {
    String from = DurationText.text(old);
    String to = DurationText.text(now);
    if (publishedRuns > 0) {
      refuse(violations, path, from, to, publishedRuns);
    } else {
      violations.forbidden(
          path,
          from
              + " to "
              + to
              + " deletes label events, which needs a new LabelWindow; keep at least "
              + from);
    }
  }

  private void compare() {
    if (publishedRuns > 0) {
      Map<String, String> old = texts(before);
      texts(after).forEach((path, now) -> same(path, old.get(path), now));
    }
    retention("spec.label.source", before.label().source(), after.label().source());
    for (SurrogateSpec old : before.surrogates()) {
      for (SurrogateSpec now : after.surrogates()) {
        if (old.name().equals(now.name())) {
          surrogate("spec.surrogates[" + now.name() + "]", old, now);
        }
      }
    }
  }

  private void surrogate(String path, SurrogateSpec old, SurrogateSpec now) {
    retention(path + ".source", old.source(), now.source());
    if (publishedRuns > 0) {
      same(path + ".source.topic.name", old.source().topic().name(), now.source().topic().name());
      same(path + ".match", match(old.match()), match(now.match()));
      same(path + ".value", text(old.value()), text(now.value()));
      same(
          path + ".attributionWindow",
          duration(old.attributionWindow()),
          duration(now.attributionWindow()));
    }
  }

  private void same(String path, String old, String now) {
    if (!Objects.equals(old, now)) {
      refuse(violations, path, old, now, publishedRuns);
    }
  }

  private static Map<String, String> texts(LabelWindowSpec spec) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("spec.pipelineRef", spec.pipelineRef().name());
    texts.put("spec.anchor.where", spec.anchor().where());
    texts.put("spec.label.name", spec.label().name());
    texts.put("spec.label.match", match(spec.label().match()));
    texts.put("spec.label.value", text(spec.label().value()));
    texts.put("spec.label.whenAbsent", text(spec.label().whenAbsent()));
    texts.put("spec.attributionWindow", duration(spec.attributionWindow()));
    texts.put("spec.gap", duration(spec.gap()));
    texts.put("spec.attribution", text(spec.attribution()));
    texts.put("spec.extract.servingDelay", duration(spec.extract().servingDelay()));
    return texts;
  }

  private static String match(MatchSpec match) {
    return match.entity() == null
        ? match.anchor() + "=" + match.label()
        : "entity " + match.entity();
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  /** Two ways to write one duration are no change. */
  private static String duration(String value) {
    return value == null ? "" : DurationText.text(DurationText.millis(value));
  }

  private void retention(String path, SourceSpec old, SourceSpec now) {
    boolean sameTopic = old.topic().name().equals(now.topic().name());
    if (sameTopic && old.topic().managed() && now.topic().managed()) {
      long before = DurationText.millis(old.topic().retention());
      long after = DurationText.millis(now.topic().retention());
      if (after < before) {
        refuseRetention(violations, path + ".topic.retention", before, after, publishedRuns);
      }
    }
  }
}
