package dev.millrace.operator.observe;

import dev.millrace.contract.Reason;
import dev.millrace.operator.plan.PlanResult.MissingReference;

/** What a tenant's namespace lacks (reliability.md §6, rows 99 to 101). No value is ever shown. */
public final class Absence {
  private Absence() {}

  /** A Secret that does not exist. */
  public static MissingReference secret(String namespace, String name) {
    return new MissingReference(
        Reason.SECRET_NOT_FOUND, "Secret " + namespace + "/" + name + " does not exist; create it");
  }

  /** A Secret without a key. */
  public static MissingReference secretKey(String namespace, String name, String key) {
    return new MissingReference(
        Reason.SECRET_NOT_FOUND,
        "Secret " + namespace + "/" + name + " has no key \"" + key + "\"; create it");
  }

  /** A Secret's key without a value. */
  public static MissingReference emptyKey(String namespace, String name, String key) {
    return invalid(namespace, name, key, "is empty");
  }

  /** A Secret's key whose value is no text. */
  public static MissingReference binaryKey(String namespace, String name, String key) {
    return invalid(namespace, name, key, "is not UTF-8");
  }

  /** A namespace without a service account. */
  public static MissingReference serviceAccount(String namespace, String name) {
    return notPrepared(namespace, "has no service account " + name);
  }

  /** A namespace in which the operator may not do what it must. */
  public static MissingReference right(String namespace, String verb, String resource) {
    return notPrepared(namespace, "does not let the operator " + verb + " " + resource);
  }

  private static MissingReference invalid(String namespace, String name, String key, String what) {
    return new MissingReference(
        Reason.SECRET_INVALID,
        "key \"" + key + "\" of Secret " + namespace + "/" + name + " " + what + "; set it");
  }

  private static MissingReference notPrepared(String namespace, String what) {
    return new MissingReference(
        Reason.TENANT_NOT_PREPARED,
        "namespace \"" + namespace + "\" " + what + "; add it to chart value tenants");
  }
}
