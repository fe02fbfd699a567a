package dev.millrace.local.actor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in for DNS in mounted documents, and for a newer Redis in its settings. */
class ServicePortsTest {
  private final ServicePorts ports = new ServicePorts();

  @Test
  void replacesHostsBesideTheirPortsAndAddressesAnywhere() throws Exception {
    String document =
        """
        {"wiring": {"redisHost": "sessions-redis.web.svc", "redisPort": 6379, "scale": 1.10,
          "bootstrapServers": "main-kafka-bootstrap.kafka.svc:9092,127.0.0.1:1"}}
        """;
    JsonNode wiring = new ObjectMapper().readTree(ports.rewrite(document)).path("wiring");
    assertThat(wiring.path("redisHost").asText()).isEqualTo("127.0.0.1");
    assertThat(wiring.path("redisPort").asInt()).isEqualTo(ports.of("web", "sessions-redis", 6379));
    assertThat(wiring.path("bootstrapServers").asText())
        .isEqualTo("127.0.0.1:" + ports.of("kafka", "main-kafka-bootstrap", 9092) + ",127.0.0.1:1");
    assertThat(ports.rewrite(document)).contains("1.10");
  }

  @Test
  void leavesADocumentWithoutServicesAsItIs() {
    String document = "{ \"redisHost\" : \"127.0.0.1\",   \"redisPort\" : 6379 }";
    assertThat(ports.rewrite(document)).isSameAs(document);
  }

  @Test
  void passesWhatAnOlderRedisKnows() {
    List<String> words =
        List.of(
            "redis-server", "--dir", "/data", "--latency-tracking", "no", "--appendonly", "yes");
    assertThat(RedisArguments.of(words, word -> word.replace("/data", "/tmp/data")))
        .containsExactly("--dir", "/tmp/data", "--appendonly", "yes");
    assertThat(RedisArguments.accessList("user default on -@all +info +waitaof +script|load"))
        .isEqualTo("user default on -@all +info +script|load");
  }
}
