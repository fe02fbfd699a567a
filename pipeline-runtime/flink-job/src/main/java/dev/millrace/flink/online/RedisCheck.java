package dev.millrace.flink.online;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;

/**
 * Refuses a store that would lose rows or lets nobody in, before the job starts (reliability.md
 * §3.6, rows 96–98).
 */
public final class RedisCheck {
  /** Lowest patch per release line that closes CVE-2025-49844. */
  private static final Map<String, Integer> LOWEST_PATCH =
      Map.of("6.2", 20, "7.2", 11, "7.4", 6, "8.0", 4, "8.2", 2);

  private RedisCheck() {}

  /**
   * Asks the server once.
   *
   * @throws MillraceFailure {@link Reason#ACCESS_DENIED}, {@link Reason#UNSAFE_EVICTION}, {@link
   *     Reason#UNSUPPORTED_VERSION}, {@link Reason#ONLINE_STORE_UNREACHABLE}
   */
  public static void run(RedisAddress address) {
    RedisClient client = address.client();
    try (var connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      check(address, redis.info("server"), redis.info("memory"));
    } catch (RedisException e) {
      throw RedisErrors.failure(address, e);
    } finally {
      client.shutdown();
    }
  }

  private static void check(RedisAddress address, String server, String memory) {
    String policy = value(memory, "maxmemory_policy");
    if (!policy.equals("noeviction")) {
      throw new MillraceFailure(
          Reason.UNSAFE_EVICTION,
          "Redis at "
              + address
              + " has maxmemory-policy "
              + policy
              + ", a lost key would read as an empty window; set noeviction");
    }
    String version = value(server, "redis_version");
    String lowest = lowestSafe(version);
    if (!address.isLoopback() && !lowest.isEmpty()) {
      throw new MillraceFailure(
          Reason.UNSUPPORTED_VERSION,
          "Redis at "
              + address
              + " is "
              + version
              + ", at least "
              + lowest
              + " is required (CVE-2025-49844); upgrade it");
    }
  }

  /** The lowest safe version of the server's release line if it is older, else empty. */
  static String lowestSafe(String version) {
    String[] parts = version.split("\\.");
    int major = Integer.parseInt(parts[0]);
    String line = major + "." + parts[1];
    Integer patch = LOWEST_PATCH.get(line);
    if (patch != null) {
      return Integer.parseInt(parts[2]) < patch ? line + "." + patch : "";
    }
    boolean newer = major > 8 || major == 8 && Integer.parseInt(parts[1]) > 2;
    return newer ? "" : major < 7 ? "6.2.20" : major < 8 ? "7.4.6" : "8.2.2";
  }

  /** Whether the server's version is at least that one. */
  static boolean isAtLeast(String version, int major, int minor) {
    String[] parts = version.split("\\.");
    int first = Integer.parseInt(parts[0]);
    return first > major || first == major && Integer.parseInt(parts[1]) >= minor;
  }

  static String value(String info, String name) {
    for (String line : info.split("\r?\n")) {
      if (line.startsWith(name + ":")) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "";
  }
}
