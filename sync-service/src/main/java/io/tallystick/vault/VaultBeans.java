package io.tallystick.vault;

import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the vault from settings; refuses to start without a master key. */
@ApplicationScoped
class VaultBeans {
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
