package dev.millrace.contract;

import java.util.List;

/**
 * The one document the operator writes for a LabelWindow's extract.
 *
 * @param codec version of this document's form; an extract refuses one it does not know
 * @param namespace namespace of the resource
 * @param labelWindow name of the resource
 * @param resourceUid UID of the resource
 * @param anchorPipeline name of the pipeline whose events are the anchors; it is in {@code
 *     pipelines}, or its features are not joined
 * @param anchor the anchor pipeline (always present, also when its features are not joined)
 * @param anchorWhere CEL filter over anchor events; empty for all
 * @param pipelines pipelines whose features are joined, in the order of the spec
 * @param label the label
 * @param surrogates early proxies of the label
 * @param servingDelayMillis T + servingDelay ≤ t0 (semantics.md §7)
 * @param historyFromMillis oldest anchor; {@link Long#MIN_VALUE} for all
 * @param quality limits of the gate
 * @param wiring where from and where to
 */
public record ExtractDocument(
    int codec,
    String namespace,
    String labelWindow,
    String resourceUid,
    String anchorPipeline,
    JoinedPipeline anchor,
    String anchorWhere,
    List<JoinedPipeline> pipelines,
    LabelDefinition label,
    List<Surrogate> surrogates,
    long servingDelayMillis,
    long historyFromMillis,
    QualityRules quality,
    ExtractWiring wiring) {
  /** The form this release reads and writes. */
  public static final int CODEC = 1;

  public ExtractDocument {
    pipelines = List.copyOf(pipelines);
    surrogates = List.copyOf(surrogates);
  }

  /** The same anchors with a surrogate in the label's place: a proxy is found as a label is. */
  public ExtractDocument ofSurrogate(Surrogate surrogate) {
    return new ExtractDocument(
        codec,
        namespace,
        labelWindow,
        resourceUid,
        anchorPipeline,
        anchor,
        anchorWhere,
        pipelines,
        surrogate.outcome(),
        List.of(),
        servingDelayMillis,
        historyFromMillis,
        quality,
        wiring.ofTopic(surrogate.topic()));
  }
}
