package dev.millrace.operator.plan;

import dev.millrace.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects mistakes and notices while the rules run, so that all are reported at once. */
final class Violations {
  private final List<Violation> errors = new ArrayList<>();
  private final List<Violation> notices = new ArrayList<>();

  void add(Violation violation) {
    errors.add(violation);
  }

  void invalid(String path, String text) {
    errors.add(new Violation(path, Violation.Kind.INVALID, text));
  }

  void notFound(String path, String text) {
    errors.add(new Violation(path, Violation.Kind.NOT_FOUND, text));
  }

  void required(String path, String text) {
    errors.add(new Violation(path, Violation.Kind.REQUIRED, text));
  }

  void duplicate(String path, String text) {
    errors.add(new Violation(path, Violation.Kind.DUPLICATE, text));
  }

  void forbidden(String path, String text) {
    errors.add(new Violation(path, Violation.Kind.FORBIDDEN, text));
  }

  void unsupported(String path, String text) {
    errors.add(new Violation(path, Violation.Kind.UNSUPPORTED, text));
  }

  void notice(String path, String text) {
    notices.add(new Violation(path, Violation.Kind.NOTICE, text));
  }

  boolean none() {
    return errors.isEmpty();
  }

  List<Violation> errors() {
    return errors;
  }

  List<Violation> notices() {
    return notices;
  }
}
