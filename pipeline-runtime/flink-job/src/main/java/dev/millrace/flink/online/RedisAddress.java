package dev.millrace.flink.online;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.StreamWiring;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where Redis is and how to log in; the password is read from its file when a connection is made,
 * and is nowhere else.
 */
public record RedisAddress(String host, int port, boolean tls, String passwordFile)
    implements Serializable {

  public static RedisAddress of(StreamWiring wiring) {
    return new RedisAddress(
        wiring.redisHost(), wiring.redisPort(), wiring.redisTls(), wiring.redisPasswordFile());
  }

  /** A client that reconnects; its owner shuts it down. */
  public RedisClient client() {
    var uri =
        RedisURI.builder()
            .withHost(host)
            .withPort(port)
            .withSsl(tls)
            .withTimeout(Duration.ofSeconds(10));
    if (!passwordFile.isEmpty()) {
      uri.withPassword(password());
    }
    RedisClient client = RedisClient.create(uri.build());
    client.setOptions(ClientOptions.builder().autoReconnect(true).build());
    return client;
  }

  private CharSequence password() {
    try {
      return Files.readString(Path.of(passwordFile)).strip();
    } catch (IOException e) {
      throw new MillraceFailure(
          Reason.ACCESS_DENIED, "the password file of Redis cannot be read: " + passwordFile, e);
    }
  }

  /** Whether the server is this machine's own: local mode and tests. */
  boolean isLoopback() {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
