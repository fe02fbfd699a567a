package dev.millrace.local.actor.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Arguments and access list of a managed Redis as the bundled redis-server takes them: it is 6.2,
 * which ends at once on a setting or a command it does not know.
 */
final class RedisArguments {
  private static final Set<String> KNOWN =
      Set.of(
          "--dir",
          "--save",
          "--appendonly",
          "--appendfilename",
          "--appendfsync",
          "--auto-aof-rewrite-percentage",
          "--auto-aof-rewrite-min-size",
          "--aof-use-rdb-preamble",
          "--maxmemory",
          "--maxmemory-policy",
          "--maxclients",
          "--aclfile",
          "--timeout",
          "--tcp-keepalive",
          "--databases",
          "--loglevel",
          "--stop-writes-on-bgsave-error");
  private static final String UNKNOWN_COMMANDS =
      " [+-](waitaof|function|fcall|fcall_ro|evalsha_ro|eval_ro|expiretime|pexpiretime)(\\|\\S+)?";

  private RedisArguments() {}

  /**
   * The arguments that are known, with local paths.
   *
   * @param words of the container
   * @param localPath leads a path into a mount to the local copy
   */
  static List<String> of(List<String> words, UnaryOperator<String> localPath) {
    var known = new ArrayList<String>();
    boolean take = false;
    for (String word : words) {
      if (word.startsWith("--")) {
        take = KNOWN.contains(word);
      }
      if (take) {
        known.add(localPath.apply(word));
      }
    }
    return known;
  }

  /** An access list without rules about commands of later versions. */
  static String accessList(String text) {
    return text.replaceAll(UNKNOWN_COMMANDS, "");
  }
}
