package dev.millrace.local.stack;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;

/** Sends what libraries of this process log, the broker above all, to a file of the stack. */
final class ServiceLog {
  private ServiceLog() {}

  static void writeTo(Path file) {
    System.setProperty("millrace.log.file", file.toString());
    try {
      URI configuration = ServiceLog.class.getResource("/log-file.xml").toURI();
      ((LoggerContext) LogManager.getContext(false)).setConfigLocation(configuration);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource of our own jar has an address", e);
    }
  }
}
