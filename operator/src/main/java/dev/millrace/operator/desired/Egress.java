package dev.millrace.operator.desired;

import dev.millrace.operator.config.Connection;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * Where pods may call: the ports of the plan's connections, at the addresses their administrator
 * listed, or at any when none is.
 */
final class Egress {
  private static final int DNS_PORT = 53;
  private static final int HTTPS = 443;
  private static final int API_SERVER = 6443;

  private Egress() {}

  static NetworkPolicyEgressRule dns() {
    return new NetworkPolicyEgressRuleBuilder()
        .addToPorts(
            new NetworkPolicyPortBuilder()
                .withProtocol("UDP")
                .withPort(new IntOrString(DNS_PORT))
                .build(),
            NetworkPolicies.port(DNS_PORT))
        .build();
  }

  static NetworkPolicyEgressRule apiServer() {
    return new NetworkPolicyEgressRuleBuilder()
        .addToPorts(NetworkPolicies.port(HTTPS), NetworkPolicies.port(API_SERVER))
        .build();
  }

  static NetworkPolicyEgressRule kafka(Connection.Kafka kafka) {
    int[] ports =
        Arrays.stream(kafka.bootstrapServers().split(","))
            .mapToInt(server -> Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)))
            .distinct()
            .toArray();
    return to(kafka, ports);
  }

  /** A store without endpoint is AWS's own, over HTTPS; one that is a folder needs no network. */
  static List<NetworkPolicyEgressRule> storage(Connection.Storage storage) {
    if (storage.location().startsWith("file:")) {
      return List.of();
    }
    if (storage.endpoint().isEmpty()) {
      return List.of(to(storage, HTTPS));
    }
    URI endpoint = URI.create(storage.endpoint());
    int standard = endpoint.getScheme().equals("http") ? 80 : HTTPS;
    return List.of(to(storage, endpoint.getPort() < 0 ? standard : endpoint.getPort()));
  }

  static NetworkPolicyEgressRule to(Connection connection, int... ports) {
    var rule = new NetworkPolicyEgressRuleBuilder();
    for (String cidr : connection.cidrs()) {
      rule.addToTo(
          new NetworkPolicyPeerBuilder().withNewIpBlock().withCidr(cidr).endIpBlock().build());
    }
    for (int port : ports) {
      rule.addToPorts(NetworkPolicies.port(port));
    }
    return rule.build();
  }
}
