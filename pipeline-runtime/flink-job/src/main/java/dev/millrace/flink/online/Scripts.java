package dev.millrace.flink.online;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The two Lua scripts that guard what readers see; one key each. */
final class Scripts {
  /**
   * Writes one row unless the stored one is newer (semantics.md §5). Arguments: T, time to live in
   * milliseconds, then field and value of every column that has one, {@code _asof} included.
   *
   * <p>Old fields go first so that a column that became null is absent. A key that is new begins
   * with the HSET: there Redis still refuses a script that would exceed its memory, and then
   * nothing has been changed.
   */
  static final byte[] ROW =
      bytes(
          """
          local stored = redis.call('HGET', KEYS[1], '_asof')
          if stored then
            if tonumber(stored) > tonumber(ARGV[1]) then return 0 end
            redis.call('DEL', KEYS[1])
          end
          redis.call('HSET', KEYS[1], unpack(ARGV, 3))
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
          return 1
          """);

  /**
   * Moves the clock. Arguments: version, asof, wall. A version takes over from a lower one once it
   * has caught up with it; only the served version writes, and its asof never decreases. Answers
   * the version and the asof that the clock says now.
   */
  static final byte[] CLOCK =
      bytes(
          """
          local stored = redis.call('HMGET', KEYS[1], 'version', 'asof')
          local version = tonumber(stored[1] or '')
          local asof = tonumber(stored[2] or '')
          if version and version > tonumber(ARGV[1]) or asof and asof > tonumber(ARGV[2]) then
            return {version or 0, asof or 0}
          end
          redis.call('HSET', KEYS[1], 'version', ARGV[1], 'asof', ARGV[2], 'wall', ARGV[3])
          return {tonumber(ARGV[1]), tonumber(ARGV[2])}
          """);

  private Scripts() {}

  private static byte[] bytes(String script) {
    return script.getBytes(StandardCharsets.UTF_8);
  }

  /** Redis's name of a script: the hex digits of its SHA-1. */
  static byte[] digest(byte[] script) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-1").digest(script);
      return bytes(HexFormat.of().formatHex(sha));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
