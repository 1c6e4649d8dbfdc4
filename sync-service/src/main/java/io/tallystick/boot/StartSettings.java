package io.tallystick.boot;

import io.smallrye.config.EnvConfigSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * The settings that decide whether the service may start at all.
 *
 * @param unknown names that begin like ours and are none of ours
 */
record StartSettings(
    Path data,
    Optional<String> url,
    Optional<String> user,
    Optional<String> password,
    Optional<String> ownerUser,
    Optional<String> ownerPassword,
    boolean masterKey,
    boolean masterKeyFile,
    String listenOn,
    boolean tls,
    boolean behindProxy,
    Set<String> unknown) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  static StartSettings of(Config config) {
    return new StartSettings(
        Path.of(text(config, "tallystick.data").orElse("data")).toAbsolutePath().normalize(),
        text(config, "quarkus.datasource.jdbc.url"),
        text(config, "quarkus.datasource.username"),
        text(config, "quarkus.datasource.password"),
        text(config, "tallystick.database.owner-username"),
        text(config, "tallystick.database.owner-password"),
        text(config, "tallystick.vault.master-key").isPresent(),
        text(config, "tallystick.vault.master-key-file").isPresent(),
        text(config, "quarkus.http.host").orElse("127.0.0.1"),
        text(config, "quarkus.http.tls-configuration-name").isPresent()
            || text(config, "quarkus.tls.key-store.pem.0.cert").isPresent()
            || text(config, "quarkus.tls.key-store.p12.path").isPresent(),
        text(config, "tallystick.behind-proxy").map("true"::equals).orElse(false),
        unknown(config));
  }

  /** Everything that is wrong, at once; empty when the service may start. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (!masterKey && !masterKeyFile) {
      faults.add(
          "no master key: set TALLYSTICK_VAULT_MASTER_KEY_FILE to an owner-only file that holds 32"
              + " random bytes in base64 (openssl rand -base64 32)");
    }
    if (masterKey && masterKeyFile) {
      faults.add(
          "two master keys: set either tallystick.vault.master-key or"
              + " tallystick.vault.master-key-file");
    }
    if (!LOOPBACK.contains(listenOn) && !tls && !behindProxy) {
      faults.add(
          "the listener "
              + listenOn
              + " is open to others: configure TLS, or set tallystick.behind-proxy=true when a"
              + " proxy ends TLS in front of it");
    }
    if (user.isPresent() && url.isEmpty()) {
      faults.add("quarkus.datasource.username is set without quarkus.datasource.jdbc.url");
    }
    if (ownerUser.isPresent() != ownerPassword.isPresent()) {
      faults.add(
          "tallystick.database.owner-username and tallystick.database.owner-password go together");
    }
    unknown.forEach(name -> faults.add("unknown setting: " + name));
    return faults;
  }

  // The configuration tells each environment variable again, by a dotted name that it guesses:
  // those are judged by the name they were given.
  private static Set<String> unknown(Config config) {
    Set<String> variables = System.getenv().keySet();
    Set<String> unknown = new TreeSet<>();
    for (String name : variables) {
      if (name.startsWith("TALLYSTICK_") && !SettingsTable.knowsVariable(name)) {
        unknown.add(name);
      }
    }
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("tallystick.")
          && !SettingsTable.knows(name)
          && !variables.contains(SettingsTable.variable(name))
          && !isKnownVariable(config, name)) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  // For a variable the configuration guesses a name with dots, where ours may have hyphens.
  private static boolean isKnownVariable(Config config, String guessed) {
    String source = config.getConfigValue(guessed).getSourceName();
    return source != null
        && source.startsWith(EnvConfigSource.NAME)
        && SettingsTable.knowsVariable(SettingsTable.variable(guessed));
  }

  private static Optional<String> text(Config config, String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }

  @Override
  public String toString() {
    return "start settings of " + data;
  }
}
