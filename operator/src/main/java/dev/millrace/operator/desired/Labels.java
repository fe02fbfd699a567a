package dev.millrace.operator.desired;

import java.util.Map;
import java.util.TreeMap;

/** Labels of children: ours by {@code managed-by}, whose by the owner's UID. */
public final class Labels {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String MILLRACE = "millrace";
  public static final String OWNER_UID = "millrace.dev/owner-uid";
  public static final String NAMESPACE = "millrace.dev/namespace";
  public static final String PIPELINE = "millrace.dev/pipeline";
  public static final String LABEL_WINDOW = "millrace.dev/label-window";
  public static final String COMPONENT = "millrace.dev/component";
  public static final String VERSION = "millrace.dev/version";

  /** Pods with this label, its value the pipeline's name, may read a managed Redis. */
  public static final String ONLINE_READER = "millrace.dev/online-reader";

  private Labels() {}

  /** Labels of every child: whose it is, also where an owner reference cannot reach. */
  static Map<String, String> of(Owner owner) {
    var labels = new TreeMap<String, String>();
    labels.put(MANAGED_BY, MILLRACE);
    labels.put(OWNER_UID, owner.uid());
    labels.put(NAMESPACE, owner.namespace());
    labels.put(owner.kind().equals(Owner.PIPELINE) ? PIPELINE : LABEL_WINDOW, owner.name());
    return labels;
  }

  /** Labels of pods: what they belong to and what they do. */
  static Map<String, String> pods(Owner owner, String component) {
    var labels = new TreeMap<>(of(owner));
    labels.put(COMPONENT, component);
    return labels;
  }
}
