package dev.millrace.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The cache is looked for under the releases that the Go modules name. */
class ControlPlaneBinariesTest {
  private static final Path MODULES =
      Path.of(System.getProperty("millrace.root"), "e2e/controlplane");

  @Test
  void namesTheReleasesOfTheGoModules() throws IOException {
    assertThat(Files.readString(MODULES.resolve("go.mod")))
        .contains("k8s.io/kubernetes " + ControlPlaneBinaries.KUBERNETES);
    assertThat(Files.readString(MODULES.resolve("etcd/go.mod")))
        .contains("go.etcd.io/etcd/server/v3 " + ControlPlaneBinaries.ETCD);
  }
}
