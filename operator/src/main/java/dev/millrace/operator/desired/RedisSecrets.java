package dev.millrace.operator.desired;

import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Password of a managed Redis for its clients, and the server's access list with the password's
 * hash. The Secret is made once and never changed; it has no owner reference, since the data it
 * opens outlives the pipeline.
 */
public final class RedisSecrets {
  /** Key with the password, read by clients as a file. */
  public static final String PASSWORD_KEY = "password";

  /** Key with the access list, read by the server. */
  public static final String ACL_KEY = "users.acl";

  private static final String COMMANDS =
      "-@all +@connection +hset +hget +hmget +hgetall +del +pexpire +info +waitaof +evalsha"
          + " +script|load";

  private RedisSecrets() {}

  /**
   * @param password generated once, elsewhere
   */
  public static Secret of(PipelinePlan plan, String password) {
    Owner owner = Owner.of(plan);
    String list =
        "user default on #"
            + sha256(password)
            + " resetchannels ~mr:{"
            + plan.namespace()
            + "/* "
            + COMMANDS
            + "\n";
    return new SecretBuilder()
        .withMetadata(owner.kept(plan.namespace(), Names.redis(plan.name())))
        .withType("Opaque")
        .withImmutable(true)
        .addToData(PASSWORD_KEY, base64(password))
        .addToData(ACL_KEY, base64(list))
        .build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
