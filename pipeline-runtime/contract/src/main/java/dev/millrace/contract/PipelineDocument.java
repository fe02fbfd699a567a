package dev.millrace.contract;

/**
 * The one document the operator writes for a pipeline's job; its path is the job's only argument.
 *
 * @param codec version of this document's form; a job refuses one it does not know
 * @param namespace namespace of the resource
 * @param pipeline name of the resource
 * @param resourceUid UID of the resource; folders of another resource of the same name are refused
 * @param version epoch of the definition ({@code spec.version})
 * @param definitionHash {@link DefinitionHash} of {@code definition}; a job checks it
 * @param definition what is computed
 * @param wiring where from and where to
 */
public record PipelineDocument(
    int codec,
    String namespace,
    String pipeline,
    String resourceUid,
    int version,
    String definitionHash,
    Definition definition,
    StreamWiring wiring) {
  /** The form this release reads and writes. */
  public static final int CODEC = 1;
}
