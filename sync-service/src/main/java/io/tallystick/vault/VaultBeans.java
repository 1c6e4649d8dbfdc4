package io.tallystick.vault;

import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Secret;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** Builds the vault from settings; refuses to start without a master key. */
@ApplicationScoped
class VaultBeans {
  private static final Logger LOG = Logger.getLogger(VaultBeans.class);

  /** Opens the key store before anything is answered: a wrong master key must not wait for use. */
  void open(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start, KeyStore keys) {
    LOG.debugf("the key store is open: %s", keys.getClass().getSimpleName());
  }

  @Produces
  @Singleton
  KeyStore keyStore(VaultSettings settings, Instance<Pace> pace) {
    return FileKeyStore.open(
        settings.keystore(), masterKey(settings), pace.isResolvable() ? pace.get() : Pace.SYSTEM);
  }

  @Produces
  @Singleton
  Seals seals(KeyStore keys) {
    return new Seals(keys);
  }

  @Produces
  @Singleton
  Vault vault(Seals seals) {
    return new Vault(seals);
  }

  static MasterKey masterKey(VaultSettings settings) {
    if (settings.masterKey().isPresent() == settings.masterKeyFile().isPresent()) {
      throw new MasterKey.BadMasterKey(
          "give exactly one of tallystick.vault.master-key and tallystick.vault.master-key-file");
    }
    if (settings.masterKeyFile().isPresent()) {
      return MasterKey.read(settings.masterKeyFile().get());
    }
    try (Secret text = Secret.of(settings.masterKey().orElseThrow())) {
      return MasterKey.parse(text);
    }
  }
}
