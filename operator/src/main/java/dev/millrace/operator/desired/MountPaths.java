package dev.millrace.operator.desired;

/** Where pods find their files. */
public final class MountPaths {
  /** Folder of the definition's ConfigMap. */
  public static final String DEFINITION = "/opt/millrace/definition";

  /** File with a pipeline's document. */
  public static final String PIPELINE_FILE = DEFINITION + "/" + DefinitionConfigMaps.PIPELINE_KEY;

  /** File with an extract's document. */
  public static final String EXTRACT_FILE = DEFINITION + "/" + DefinitionConfigMaps.EXTRACT_KEY;

  /** File with a clean-up's document. */
  public static final String CLEAN_UP_FILE = DEFINITION + "/" + CleanUpJobs.KEY;

  /** The pod that Spark makes executors of. */
  static final String EXECUTOR_FILE = DEFINITION + "/" + DefinitionConfigMaps.EXECUTOR_KEY;

  /** Folder of Redis credentials; the file {@code password}. */
  public static final String REDIS = "/opt/millrace/secrets/redis";

  /** Folder of storage credentials; the file {@code credentials}, an AWS profile. */
  public static final String STORAGE = "/opt/millrace/secrets/storage";

  /** Folder of Kafka certificates. */
  public static final String KAFKA = "/opt/millrace/secrets/kafka";

  private MountPaths() {}
}
