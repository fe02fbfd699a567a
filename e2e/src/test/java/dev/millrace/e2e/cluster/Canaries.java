package dev.millrace.e2e.cluster;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Secrets of this run, made to be recognised wherever they turn up. Random, since a fixed one would
 * be found in the tests' own files; with characters that URLs encode.
 */
public final class Canaries {
  public static final String REDIS = "redis-default";
  public static final String STORAGE = "storage-default";
  static final String KAFKA = "kafka-client";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, String> values = new TreeMap<>();

  Canaries() {
    for (String name : List.of("redis", "access", "secret", "key", "certificate", "authority")) {
      values.put(name, create());
    }
  }

  /** One more word. */
  public static String create() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    return "cnry+" + hex.substring(0, 12) + "/" + hex.substring(12);
  }

  /** Secrets by name, as connections need them. */
  Map<String, Map<String, String>> secrets() {
    return Map.of(
        REDIS, Map.of("password", values.get("redis")),
        STORAGE,
            Map.of(
                "credentials",
                "[default]%naws_access_key_id = %s%naws_secret_access_key = %s%n"
                    .formatted(values.get("access"), values.get("secret"))),
        KAFKA,
            Map.of(
                "ca.crt", pem("CERTIFICATE", "authority"),
                "user.crt", pem("CERTIFICATE", "certificate"),
                "user.key", pem("PRIVATE KEY", "key")));
  }

  /** The secret words themselves. */
  public Collection<String> words() {
    return List.copyOf(values.values());
  }

  private String pem(String type, String name) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, values.get(name), type);
  }
}
