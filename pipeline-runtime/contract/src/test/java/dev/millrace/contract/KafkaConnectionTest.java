package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka settings hold paths and no secret. */
class KafkaConnectionTest {
  @TempDir Path folder;

  @Test
  void isPlaintextWithoutAFolder() {
    assertThat(new KafkaConnection("a:9092", "").settings())
        .isEqualTo(Map.of("bootstrap.servers", "a:9092"));
  }

  @Test
  void checksTheBrokersHostAndShowsACertificateOnlyIfThereIsOne() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), "authority");
    Map<String, String> settings = new KafkaConnection("a:9093", folder.toString()).settings();
    assertThat(settings)
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.endpoint.identification.algorithm", "https")
        .containsEntry("ssl.truststore.location", folder.resolve("ca.crt").toString())
        .doesNotContainKey("ssl.keystore.key");
  }

  @Test
  void namesFilesAndNeverWhatTheyHold() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), "authority");
    Files.writeString(folder.resolve("user.crt"), "certificate");
    Files.writeString(folder.resolve("user.key"), "secret");
    Map<String, String> settings = new KafkaConnection("a:9093", folder.toString()).settings();
    assertThat(settings)
        .containsEntry("ssl.keystore.key", "${directory:" + folder + ":user.key}")
        .containsEntry("ssl.keystore.certificate.chain", "${directory:" + folder + ":user.crt}");
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void saysWhichKeyTheSecretLacks() throws Exception {
    assertThatThrownBy(() -> new KafkaConnection("a:9093", folder.toString()).settings())
        .isInstanceOf(MillraceFailure.class)
        .hasMessageStartingWith("MR/SecretNotFound: the connection's tlsSecret has no readable key")
        .hasMessageContaining("ca.crt");
    Files.writeString(folder.resolve("ca.crt"), "authority");
    Files.writeString(folder.resolve("user.crt"), "certificate");
    assertThatThrownBy(() -> new KafkaConnection("a:9093", folder.toString()).settings())
        .hasMessageContaining("user.key");
  }
}
