package dev.millrace.e2e.security;

import dev.millrace.local.controlplane.AuditEntry;

/**
 * One verb on one resource, as a rule grants it.
 *
 * @param role name of the role that grants it
 * @param namespace of the role; empty for one of the whole cluster
 * @param resource plural, with {@code /<subresource>} if it is about one
 */
record Right(String role, String namespace, String group, String resource, String verb) {
  private static final int CREATED = 201;

  /** Whether a request needed it. An apply that creates needs {@code create} beside patch. */
  boolean isUsedBy(AuditEntry entry) {
    String asked =
        entry.subresource().isEmpty()
            ? entry.resource()
            : entry.resource() + "/" + entry.subresource();
    boolean created =
        verb.equals("create") && entry.verb().equals("patch") && entry.code() == CREATED;
    return asked.equals(resource)
        && (entry.verb().equals(verb) || created)
        && (namespace.isEmpty() || namespace.equals(entry.namespace()));
  }

  /** Whether it is this one, whichever role grants it. */
  boolean isSame(Right other) {
    return group.equals(other.group())
        && resource.equals(other.resource())
        && verb.equals(other.verb());
  }

  /** Whether it lets an operator see which objects there are. */
  boolean isForCaches() {
    return verb.equals("list") || verb.equals("watch");
  }

  /** How the API server says that somebody lacks it: the beginning of that. */
  String refusal() {
    return "cannot " + verb + " resource \"" + resource + "\" in API group \"" + group + "\"";
  }

  /** Verb and resource. */
  String inShort() {
    return verb + " " + resource;
  }

  /** The same right in whichever namespace: roles of one name hold one list of rules. */
  String inAnyNamespace() {
    return role + ": " + verb + " " + resource + (group.isEmpty() ? "" : "." + group);
  }

  @Override
  public String toString() {
    return inAnyNamespace() + (namespace.isEmpty() ? "" : " in " + namespace);
  }
}
