package dev.millrace.flink.stack;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import redis.embedded.RedisServer;

/** A real redis-server on a free port of this machine. */
public final class EmbeddedRedis implements AutoCloseable {
  private final RedisServer server;
  private final int port;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private EmbeddedRedis(RedisServer server, int port) {
    this.server = server;
    this.port = port;
    client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    connection = client.connect();
  }

  public static EmbeddedRedis start(String... settings) throws IOException {
    int port = EmbeddedBroker.freePort();
    var builder =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .setting("maxmemory-policy noeviction");
    for (String setting : settings) {
      builder.setting(setting);
    }
    RedisServer server = builder.build();
    server.start();
    return new EmbeddedRedis(server, port);
  }

  public int port() {
    return port;
  }

  public RedisCommands<String, String> commands() {
    return connection.sync();
  }

  @Override
  public void close() throws IOException {
    connection.close();
    client.shutdown();
    server.stop();
  }
}
