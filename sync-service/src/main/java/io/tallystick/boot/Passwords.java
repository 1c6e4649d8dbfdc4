package io.tallystick.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/** Generated database passwords, kept in one owner-only file of the data folder. */
record Passwords(String admin, String owner, String app) {
  private static final List<String> NAMES = List.of("admin", "owner", "app");

  /** Reads the folder's passwords; makes them when there are none. */
  static Passwords in(Path folder) throws IOException {
    Files.createDirectories(folder);
    restrict(folder, "rwx------");
    Path file = folder.resolve("database.passwords");
    Properties stored = new Properties();
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        stored.load(reader);
      }
    } else {
      make(file, stored);
    }
    return new Passwords(
        stored.getProperty("admin"), stored.getProperty("owner"), stored.getProperty("app"));
  }

  private static void make(Path file, Properties stored) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : NAMES) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      stored.setProperty(name, HexFormat.of().formatHex(random));
      text.append(name).append('=').append(stored.getProperty(name)).append('\n');
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, new byte[0]);
    restrict(next, "rw-------");
    Files.write(next, text.toString().getBytes(StandardCharsets.UTF_8));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void restrict(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
