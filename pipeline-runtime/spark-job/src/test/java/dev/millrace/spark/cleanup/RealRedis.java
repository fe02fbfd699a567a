package dev.millrace.spark.cleanup;

import java.io.IOException;
import java.net.ServerSocket;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real redis-server whose only other user may do what a job's user may (reliability.md §3.6). */
final class RealRedis implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  private final RedisServer server;
  private final int port;

  private RealRedis(RedisServer server, int port) {
    this.server = server;
    this.port = port;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static RealRedis start(int port) throws IOException {
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .setting(
                "user default on \">"
                    + PASSWORD
                    + "\" ~mr:{shop/* -@all +@connection +hset +hget +hmget +hgetall +del"
                    + " +pexpire +info +evalsha +script|load")
            .setting("user admin on >admin ~* +@all")
            .build();
    server.start();
    return new RealRedis(server, port);
  }

  Jedis admin() {
    var redis = new Jedis("127.0.0.1", port);
    redis.auth("admin", "admin");
    return redis;
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
