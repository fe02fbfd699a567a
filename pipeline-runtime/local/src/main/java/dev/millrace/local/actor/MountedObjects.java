package dev.millrace.local.actor;

import java.util.Map;
import java.util.Optional;

/** Where a pod's volumes come from: an API server, or the objects of a local stack. */
public interface MountedObjects {
  /** Files of a ConfigMap by key; empty when there is no such object. */
  Optional<Map<String, byte[]>> configMap(String namespace, String name);

  /** Files of a Secret by key; empty when there is no such object. */
  Optional<Map<String, byte[]>> secret(String namespace, String name);
}
