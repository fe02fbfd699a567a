package dev.millrace.contract;

/**
 * The document of the Job that deletes what a resource with {@code deletionPolicy: Delete} leaves
 * behind (reliability.md §2).
 *
 * @param codec version of this document's form; a Job refuses one it does not know
 * @param kind kind of the resource
 * @param namespace namespace of the resource
 * @param name name of the resource
 * @param resourceUid UID of the resource; versions that another resource wrote are kept
 * @param location the resource's folder in the offline store, as a URI; the Job refuses any that is
 *     not the one computed from kind, namespace and name
 * @param redisHost Redis host; empty when there are no keys to delete, or the store goes itself
 * @param redisPort Redis port
 * @param redisTls whether to speak TLS
 * @param redisPasswordFile file with the password; empty for none
 */
public record CleanUpDocument(
    int codec,
    ResourceKind kind,
    String namespace,
    String name,
    String resourceUid,
    String location,
    String redisHost,
    int redisPort,
    boolean redisTls,
    String redisPasswordFile) {
  /** The form this release reads and writes. */
  public static final int CODEC = 1;
}
