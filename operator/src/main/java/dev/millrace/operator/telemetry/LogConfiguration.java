package dev.millrace.operator.telemetry;

/** Chooses how the operator's process logs. */
public final class LogConfiguration {
  /** The configuration among our resources. */
  public static final String RESOURCE = "log4j2-operator.xml";

  private static final String PROPERTY = "log4j2.configurationFile";

  private LogConfiguration() {}

  /**
   * One JSON object per line, unless a configuration was chosen on the command line. To be called
   * before any logger is made.
   */
  public static void useJsonLines() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, RESOURCE);
    }
  }
}
