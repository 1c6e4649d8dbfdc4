package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultBeansTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder;

  @Test
  void exactlyOneMasterKeyMustBeGiven() {
    Path file = folder.resolve("secrets/master.key");
    MasterKey.readOrMake(file, new SplittableRandom(1));
    String byFile = "tallystick.vault.master-key-file";
    String byText = "tallystick.vault.master-key";
    assertEquals("[master key]", VaultBeans.masterKey(settings(Map.of(byText, KEY))).toString());
    assertEquals(
        "[master key]", VaultBeans.masterKey(settings(Map.of(byFile, "" + file))).toString());
    assertThrows(MasterKey.BadMasterKey.class, () -> VaultBeans.masterKey(settings(Map.of())));
    assertThrows(
        MasterKey.BadMasterKey.class,
        () -> VaultBeans.masterKey(settings(Map.of(byText, KEY, byFile, "" + file))));
    assertFalse(settings(Map.of(byText, KEY)).toString().contains(KEY));
  }

  @Test
  void theKeyStoreLivesBelowTheDataFolderUnlessSaidOtherwise() {
    assertEquals(Path.of("data/keystore"), settings(Map.of()).keystore());
    assertEquals(
        Path.of("/srv/t/keystore"), settings(Map.of("tallystick.data", "/srv/t")).keystore());
    assertEquals(
        Path.of("/keys"), settings(Map.of("tallystick.vault.keystore", "/keys")).keystore());
  }

  private static VaultSettings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(values, "test", 500))
        .withMapping(VaultSettings.class)
        .build()
        .getConfigMapping(VaultSettings.class);
  }
}
