package dev.millrace.contract;

/** Redis keys (semantics.md §5). */
public final class OnlineKeys {
  /** Field of a row's HASH that holds its T, in epoch milliseconds. */
  public static final String AS_OF = "_asof";

  private OnlineKeys() {}

  /**
   * Key of an entity's row.
   *
   * @param key canonical key text of {@link EntityKey}
   */
  public static String row(
      String namespace, String pipeline, String entity, String key, int version) {
    return "mr:{" + namespace + "/" + pipeline + "/" + entity + ":" + key + "}:v" + version;
  }

  /** Key of a pipeline's clock: a HASH {@code {version, asof, wall}}. */
  public static String clock(String namespace, String pipeline) {
    return "mr:{" + namespace + "/" + pipeline + "}:clock";
  }
}
