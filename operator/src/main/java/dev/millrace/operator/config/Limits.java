package dev.millrace.operator.config;

/**
 * Bounds that the planner holds specs to (reliability.md §8); tests may raise them.
 *
 * @param windowsPerFeature most windows of one feature
 * @param exactPanes most panes per key of a window with {@code precision: Exact}
 * @param expressionBytes longest expression, in UTF-8 bytes
 * @param expressionDepth deepest nesting of an expression
 * @param topicNameBytes longest {@code topic.name}
 */
public record Limits(
    int windowsPerFeature,
    int exactPanes,
    int expressionBytes,
    int expressionDepth,
    int topicNameBytes) {
  /** The limits of a release: 20160 panes are 7d at 30s. */
  public static final Limits DEFAULT = new Limits(16, 20160, 1024, 20, 180);
}
