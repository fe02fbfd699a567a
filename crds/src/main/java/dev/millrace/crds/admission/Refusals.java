package dev.millrace.crds.admission;

import dev.millrace.crds.admission.Refusal.Cause;
import java.util.ArrayList;
import java.util.List;

/** Collects refusals; the texts follow k8s.io/kube-openapi and apiextensions-apiserver. */
final class Refusals {
  private final List<Refusal> all = new ArrayList<>();

  void add(String path, Cause cause, String detail) {
    all.add(new Refusal(path, cause, detail));
  }

  /** A value that breaks a keyword of the schema: the server says path and "in body" again. */
  void inBody(String path, Cause cause, String value, String what) {
    add(path, cause, value + ": " + path + " in body " + what);
  }

  boolean hideRules() {
    return all.stream().anyMatch(refusal -> refusal.cause().hidesRules());
  }

  List<Refusal> list() {
    return List.copyOf(all);
  }
}
