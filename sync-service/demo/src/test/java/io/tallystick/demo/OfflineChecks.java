package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The verifiers as a stranger runs them: a Java machine, the jars, no service and no database. */
final class OfflineChecks {
  private OfflineChecks() {}

  private record Said(int exit, String words) {}

  /** A report's pack verifies, and no longer where a byte of it changed. */
  static void aPackVerifiesByItself(Api accountant, String report) throws Exception {
    Path folder = Files.createTempDirectory("tallystick-pack");
    Path pack = folder.resolve("pack.zip");
    byte[] bytes = accountant.file("/v1/reports/" + report + "/pack");
    Files.write(pack, bytes);
    Said whole = java("io.tallystick.report.PackVerifier", pack.toString());
    assertEquals(0, whole.exit(), whole.words());
    bytes[bytes.length / 2] ^= 1;
    Files.write(pack, bytes);
    Said changed = java("io.tallystick.report.PackVerifier", pack.toString());
    assertNotEquals(0, changed.exit(), changed.words());
  }

  /** The exported access log verifies against a checkpoint kept outside. */
  static void theLogVerifiesByItself(Api compliance) throws Exception {
    Path folder = Files.createTempDirectory("tallystick-log");
    Path checkpoint = folder.resolve("checkpoint.json");
    Path export = folder.resolve("export.ndjson");
    byte[] head = compliance.file("/v1/access-log/checkpoint");
    Files.write(checkpoint, head);
    String size =
        new String(head, StandardCharsets.UTF_8).replaceAll("(?s).*\"size\":(\\d+).*", "$1");
    Files.write(export, compliance.file("/v1/access-log/export?at=" + size));
    Said whole = java("io.tallystick.access.Verify", export.toString(), checkpoint.toString());
    assertEquals(0, whole.exit(), whole.words());
  }

  private static Said java(String main, String... arguments)
      throws IOException, InterruptedException {
    Path service = Path.of("../target/quarkus-app").toAbsolutePath().normalize();
    String[] command = new String[4 + arguments.length];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-cp";
    command[2] = service.resolve("app") + "/*:" + service.resolve("lib/main") + "/*";
    command[3] = main;
    System.arraycopy(arguments, 0, command, 4, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Said(process.exitValue(), words);
  }
}
