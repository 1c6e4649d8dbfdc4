package io.tallystick.boot;

import io.smallrye.config.EnvConfigSource;
import io.tallystick.kernel.Loopback;
import io.tallystick.kernel.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The settings that decide whether the service may start at all; null is what was not given.
 *
 * @param unknown names that begin like ours and are none of ours
 */
record StartSettings(
    Path data,
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    @Nullable String ownerUser,
    @Nullable String ownerPassword,
    MasterKeySetting masterKey,
    String listenOn,
    boolean tls,
    boolean plainToo,
    boolean behindProxy,
    Set<String> unknown) {

  static StartSettings of(Config config) {
    Path data =
        Path.of(text(config, "tallystick.data").orElse("data")).toAbsolutePath().normalize();
    return new StartSettings(
        data,
        text(config, "quarkus.datasource.jdbc.url").orElse(null),
        text(config, "quarkus.datasource.username").orElse(null),
        text(config, "quarkus.datasource.password").orElse(null),
        text(config, "tallystick.database.owner-username").orElse(null),
        text(config, "tallystick.database.owner-password").orElse(null),
        masterKey(config, data),
        text(config, "quarkus.http.host").orElse("127.0.0.1"),
        text(config, "quarkus.http.tls-configuration-name").isPresent()
            || text(config, "quarkus.tls.key-store.pem.0.cert").isPresent()
            || text(config, "quarkus.tls.key-store.p12.path").isPresent(),
        text(config, "quarkus.http.insecure-requests").map("enabled"::equals).orElse(true),
        text(config, "tallystick.behind-proxy").map("true"::equals).orElse(false),
        unknown(config));
  }

  private static MasterKeySetting masterKey(Config config, Path data) {
    return new MasterKeySetting(
        text(config, "tallystick.vault.master-key").map(Secret::of).orElse(null),
        text(config, "tallystick.vault.master-key-file").map(Path::of).orElse(null),
        text(config, "tallystick.vault.keystore").map(Path::of).orElse(data.resolve("keystore")));
  }

  /** Everything that is wrong, at once; empty when the service may start. */
  List<String> faults() {
    List<String> faults = new ArrayList<>(masterKey.faults());
    if (!Loopback.isHost(listenOn) && !tls && !behindProxy) {
      faults.add(
          "the listener "
              + listenOn
              + " is open to others: configure TLS, or set tallystick.behind-proxy=true when a"
              + " proxy ends TLS in front of it");
    }
    if (!Loopback.isHost(listenOn) && tls && plainToo && !behindProxy) {
      faults.add(
          "beside TLS the plain listener is open to others too: set"
              + " QUARKUS_HTTP_INSECURE_REQUESTS=disabled");
    }
    if (user != null && url == null) {
      faults.add("quarkus.datasource.username is set without quarkus.datasource.jdbc.url");
    }
    if ((ownerUser == null) != (ownerPassword == null)) {
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
