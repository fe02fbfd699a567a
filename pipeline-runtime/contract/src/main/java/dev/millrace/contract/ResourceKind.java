package dev.millrace.contract;

/** The two kinds of resources (api.md §1, §2). */
public enum ResourceKind {
  FEATURE_PIPELINE("FeaturePipeline"),
  LABEL_WINDOW("LabelWindow");

  private final String text;

  ResourceKind(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** The one folder that a resource of this kind may fill in an offline store. */
  public String location(String storage, String namespace, String name) {
    return switch (this) {
      case FEATURE_PIPELINE -> OfflineLayout.pipelineLocation(storage, namespace, name);
      case LABEL_WINDOW -> OfflineLayout.labelWindowLocation(storage, namespace, name);
    };
  }
}
