package dev.millrace.contract;

/**
 * Folders of the offline store (semantics.md §6, §10), relative to a pipeline's or LabelWindow's
 * location, and the column names with a leading underscore.
 */
public final class OfflineLayout {
  public static final String TS = "_ts";
  public static final String ARRIVAL = "_arrival";
  public static final String EVENT_ID = "_event_id";
  public static final String PARTITION = "_partition";
  public static final String OFFSET = "_offset";
  public static final String VISIBLE_FROM = "_visible_from";
  public static final String AS_OF = "_asof";
  public static final String VERSIONS = "versions.json";

  private OfflineLayout() {}

  public static String pipelineLocation(String location, String namespace, String pipeline) {
    return trim(location) + "/" + namespace + "/featurepipelines/" + pipeline;
  }

  public static String labelWindowLocation(String location, String namespace, String name) {
    return trim(location) + "/" + namespace + "/labelwindows/" + name;
  }

  public static String events(int version) {
    return "events/v=" + version;
  }

  public static String features(int version, String entity) {
    return "features/v=" + version + "/" + entity;
  }

  public static String progress(int version) {
    return "progress-v" + version + ".json";
  }

  /** How long after T a version's rows were acknowledged ({@link ServingDelayFile}). */
  public static String servingDelay(int version) {
    return "serving-delay-v" + version + ".json";
  }

  /** Name of the day folder of an instant: {@code dt=2011-12-09}, a UTC day. */
  public static String day(long epochMillis) {
    return "dt=" + java.time.LocalDate.ofEpochDay(Math.floorDiv(epochMillis, 86_400_000L));
  }

  private static String trim(String location) {
    return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
  }
}
