package dev.millrace.spark.cleanup;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Deletes keys of a Redis. The password is read from its file when a connection is made, and is
 * nowhere else; with TLS the host name is checked. Commands are those of the job's user
 * (reliability.md §3.6).
 */
record OnlineStore(String host, int port, boolean tls, String passwordFile)
    implements Serializable {
  private static final int TIMEOUT_MILLIS = 10_000;

  static OnlineStore of(CleanUpDocument document) {
    return new OnlineStore(
        document.redisHost(),
        document.redisPort(),
        document.redisTls(),
        document.redisPasswordFile());
  }

  /**
   * Asks whether it is there and lets us in.
   *
   * @throws MillraceFailure {@link Reason#ONLINE_STORE_UNREACHABLE}, {@link Reason#ACCESS_DENIED}
   */
  void check() {
    try (var redis = connect()) {
      redis.ping();
    } catch (JedisException e) {
      throw failure(e);
    }
  }

  /** Deletes keys, one command each and pipelined; how many there were. */
  long delete(List<String> keys) {
    try (var redis = connect()) {
      return delete(redis, keys);
    } catch (JedisException e) {
      throw failure(e);
    }
  }

  Jedis connect() {
    var config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .ssl(tls);
    if (tls) {
      var parameters = new SSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      config.sslParameters(parameters);
    }
    if (!passwordFile.isEmpty()) {
      config.password(password());
    }
    return new Jedis(new HostAndPort(host, port), config.build());
  }

  static long delete(Jedis redis, List<String> keys) {
    var answers = new ArrayList<Response<Long>>(keys.size());
    var pipeline = redis.pipelined();
    keys.forEach(key -> answers.add(pipeline.del(key)));
    pipeline.sync();
    long deleted = 0;
    for (Response<Long> answer : answers) {
      deleted += answer.get();
    }
    return deleted;
  }

  /** What an error means (reliability.md §4.3); of the server's words only the code. */
  MillraceFailure failure(JedisException error) {
    String code =
        error instanceof JedisDataException ? error.getMessage().split(" ", 2)[0] : "no answer";
    boolean denied =
        error instanceof JedisAccessControlException
            || List.of("NOAUTH", "NOPERM", "WRONGPASS").contains(code);
    return new MillraceFailure(
        denied ? Reason.ACCESS_DENIED : Reason.ONLINE_STORE_UNREACHABLE,
        "Redis at " + host + ":" + port + ": " + code + "; nothing is lost by trying again",
        error);
  }

  private String password() {
    try {
      return Files.readString(Path.of(passwordFile)).strip();
    } catch (IOException e) {
      throw new MillraceFailure(
          Reason.ACCESS_DENIED, "the password file of Redis cannot be read: " + passwordFile, e);
    }
  }
}
