package dev.millrace.testkit.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the data sets lie that tests use but the project does not ship: the folder named by the
 * system property {@code millrace.shared.data}.
 */
public final class SharedData {
  public static final String PROPERTY = "millrace.shared.data";

  private SharedData() {}

  /** A data set's folder, if it is on this machine. */
  public static Optional<Path> folder(String dataSet) {
    String root = System.getProperty(PROPERTY);
    return Optional.ofNullable(root)
        .map(path -> Path.of(path).resolve(dataSet))
        .filter(Files::isDirectory);
  }

  /** Why a test is skipped. */
  public static String absent(String dataSet) {
    return "data set "
        + dataSet
        + " is not in "
        + System.getProperty(PROPERTY)
        + " ("
        + PROPERTY
        + ")";
  }
}
