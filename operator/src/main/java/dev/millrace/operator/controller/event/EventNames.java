package dev.millrace.operator.controller.event;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of Events: equal for equal UID, reason and object named, so repeats find the first. */
final class EventNames {
  private static final int HASH_DIGITS = 16;
  private static final int LONGEST_PREFIX = 200;

  private EventNames() {}

  static String of(ObjectReference about, PlannedEvent event) {
    String identity = about.getUid() + "\n" + event.reason() + "\n" + event.object();
    String name = about.getName();
    String prefix = name.length() <= LONGEST_PREFIX ? name : name.substring(0, LONGEST_PREFIX);
    return prefix + "." + hash(identity);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
