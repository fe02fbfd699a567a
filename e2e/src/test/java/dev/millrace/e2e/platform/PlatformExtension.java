package dev.millrace.e2e.platform;

import dev.millrace.e2e.cluster.OperatorProcess;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A platform for the tests of a class, and a tenant namespace for each. Register it in a static
 * field.
 */
public final class PlatformExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private Platform platform;
  private String namespace;

  public Platform platform() {
    return platform;
  }

  /** The tenant namespace of the running test. */
  public String namespace() {
    return namespace;
  }

  /** The running operator; started if there is none or the last one was ended. */
  public OperatorProcess operator() {
    return platform.operator();
  }

  /** Ends the running operator. */
  public void stopOperator() {
    platform.stopOperator();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    platform = Platform.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    namespace = platform.tenant();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (platform != null) {
      platform.close();
    }
  }
}
