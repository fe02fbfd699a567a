package dev.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.config.ConfigResult;
import dev.millrace.operator.config.ConnectionCatalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void theOperatorReadsTheConnectionsThatAreUsedWithoutIt() {
    var addresses = new Addresses("127.0.0.1:9092", 6379, Path.of("/data/offline"));

    assertThat(ConnectionCatalogue.parse(addresses.connections()))
        .isEqualTo(new ConfigResult.Accepted<>(addresses.catalogue()));
  }
}
