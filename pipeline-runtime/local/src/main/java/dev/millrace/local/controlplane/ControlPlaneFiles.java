package dev.millrace.local.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys, tokens and policies in the folder of a control plane; kept when it starts again. */
final class ControlPlaneFiles {
  static final String ADMINISTRATOR = "administrator";
  static final String CONTROLLER_MANAGER = "system:kube-controller-manager";
  private static final String ALL_POWERS = "system:masters";

  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived, ResponseStarted]
      rules:
      - {level: None, nonResourceURLs: ['/healthz*', '/readyz*', '/livez*']}
      - {level: Metadata}
      """;

  private final Path folder;
  private final Map<String, String> tokens = new TreeMap<>();

  ControlPlaneFiles(Path folder, Map<String, List<String>> users) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    writeKeys();
    Files.writeString(auditPolicy(), AUDIT_POLICY);
    writeTokens(users);
  }

  String token(String user) {
    String token = tokens.get(user);
    if (token == null) {
      throw new IllegalArgumentException("no token for " + user + ", only " + tokens.keySet());
    }
    return token;
  }

  Path tokenFile() {
    return folder.resolve("tokens.csv");
  }

  Path signingKey() {
    return folder.resolve("service-accounts.key");
  }

  Path verifyingKey() {
    return folder.resolve("service-accounts.pub");
  }

  Path auditPolicy() {
    return folder.resolve("audit-policy.yaml");
  }

  Path auditLog() {
    return folder.resolve("audit.log");
  }

  Path certificates() {
    return folder.resolve("certificates");
  }

  /** What the API server signs its certificate with, written by itself. */
  Path certificateAuthority() {
    return certificates().resolve("apiserver.crt");
  }

  /** Writes a file that only its owner reads. */
  static void writePrivate(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }

  private void writeTokens(Map<String, List<String>> users) throws IOException {
    var all = new TreeMap<>(users);
    all.put(ADMINISTRATOR, List.of(ALL_POWERS));
    all.put(CONTROLLER_MANAGER, List.of(ALL_POWERS));
    var lines = new StringBuilder();
    var random = new SecureRandom();
    all.forEach(
        (user, groups) -> {
          byte[] secret = new byte[24];
          random.nextBytes(secret);
          tokens.put(user, HexFormat.of().formatHex(secret));
          lines.append(
              "%s,%s,%s,\"%s\"\n"
                  .formatted(tokens.get(user), user, user, String.join(",", groups)));
        });
    writePrivate(tokenFile(), lines.toString());
  }

  private void writeKeys() throws IOException {
    if (Files.exists(verifyingKey())) {
      return;
    }
    KeyPair pair = keyPair();
    writePrivate(signingKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(verifyingKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static String pem(String type, byte[] encoded) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
  }
}
