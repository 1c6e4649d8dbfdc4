package io.tallystick.vault;

import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Builds the vault from settings; refuses to start without a master key. */
@ApplicationScoped
class VaultBeans {
  private static final Logger LOG = Logger.getLogger(VaultBeans.class);

  @Produces
  @Singleton
  KeyStore keyStore(VaultSettings settings, Instance<Pace> pace) {
    MasterKey former = settings.formerMasterKeyFile().map(MasterKey::read).orElse(null);
    FileKeyStore store =
        FileKeyStore.open(
            settings.keystore(),
            masterKey(settings),
            former,
            pace.isResolvable() ? pace.get() : Pace.SYSTEM);
    if (former != null) {
      Thread.ofVirtual().name("master-key-change").start(() -> rewrap(store));
    }
    return store;
  }

  private static void rewrap(FileKeyStore store) {
    try {
      LOG.infof("master key changed keys=%d: the former one is no longer needed", store.rewrap());
    } catch (Unopenable trouble) {
      // What is met in use is changed all the same; the next start goes on.
      LOG.warnf("the change of the master key was cut off: %s", trouble.reason());
    }
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
