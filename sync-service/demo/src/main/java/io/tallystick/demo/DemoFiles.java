package io.tallystick.demo;

import static java.time.temporal.ChronoUnit.DAYS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files a demo needs beside its data: a master key of its own, the demo tenant, and when the
 * history of its account ends, so that the account is the same after every start.
 */
record DemoFiles(Path masterKey, Path provisioning, Instant historyEnd) {
  /** The demo's clients; each has the role of its name, and the token {@code demo-<role>}. */
  static final List<String> ROLES =
      List.of("owner", "tracker", "accountant", "compliance", "operator");

  /** Writes what is missing; a master key that is there is kept. */
  static DemoFiles in(Path data) throws IOException {
    Path key = data.resolve("master.key");
    if (!Files.exists(key)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Files.write(key, new byte[0]);
      if (key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(key, Base64.getEncoder().encodeToString(random) + "\n");
    }
    Path provisioning = data.resolve("provisioning.json");
    Files.writeString(provisioning, tenant());
    return new DemoFiles(key, provisioning, historyEnd(data));
  }

  /** When the demo account's history ends; three days ago at the first start, then for ever. */
  static Instant historyEnd(Path data) throws IOException {
    Path file = data.resolve("history-end");
    if (!Files.exists(file)) {
      Files.writeString(file, Instant.now().truncatedTo(DAYS).minus(3, DAYS) + "\n");
    }
    return Instant.parse(Files.readString(file).strip());
  }

  private static String tenant() {
    return """
    {"tenants": [{"name": "demo", "environments": ["sandbox"], "clients": [
    %s
    ]}]}
    """
        .formatted(ROLES.stream().map(DemoFiles::client).collect(Collectors.joining(",\n")));
  }

  private static String client(String role) {
    return """
    {"name": "demo-%s", "role": "%s", "purpose": "%s", "token_sha256": "%s"}\
    """
        .formatted(role, role, purpose(role), sha256("demo-" + role));
  }

  static String purpose(String role) {
    return switch (role) {
      case "tracker" -> "portfolio-tracking";
      case "accountant" -> "accounting";
      case "compliance" -> "compliance-review";
      default -> "administration";
    };
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
