package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The table of settings against the code that reads them. */
class SettingsTableTest {
  /** Read before the container is up; their readers are in this package. */
  private static final Set<String> READ_AT_START =
      Set.of(
          "tallystick.data",
          "tallystick.behind-proxy",
          "tallystick.database.owner-username",
          "tallystick.database.owner-password");

  @Test
  void theTableNamesExactlyTheSettingsThatAreRead() {
    Set<String> read = new TreeSet<>(mapped().keySet());
    read.addAll(injected());
    read.addAll(READ_AT_START);
    assertEquals(
        read,
        SettingsTable.ALL.stream()
            .map(SettingsTable.Setting::name)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void theTableTellsTheValuesThatHoldWhenNothingIsGiven() throws IOException {
    Map<String, String> standards = mapped();
    Properties packaged = packaged();
    for (SettingsTable.Setting setting : SettingsTable.ALL) {
      if (standards.containsKey(setting.name())) {
        String standard = packaged.getProperty(setting.name(), standards.get(setting.name()));
        assertEquals(standard.replace(":data}", "}"), setting.standard(), setting.name());
      }
    }
  }

  @Test
  void eachSettingIsKnownByItsDottedNameAndByItsVariable() {
    for (SettingsTable.Setting setting : SettingsTable.ALL) {
      String name = setting.name().replace("*", "binance");
      assertTrue(SettingsTable.knows(name), name);
      assertTrue(SettingsTable.knowsVariable(SettingsTable.variable(name)), name);
      assertFalse(SettingsTable.knows(name + "s"), name);
    }
    assertEquals(
        "TALLYSTICK_VAULT_MASTER_KEY_FILE",
        SettingsTable.variable("tallystick.vault.master-key-file"));
    assertTrue(SettingsTable.knows("tallystick.venues.binance.sandbox-url[1]"));
    assertFalse(SettingsTable.knows("tallystick.venues.a.b.sandbox-url"));
  }

  private static Map<String, String> mapped() {
    Map<String, String> settings = new TreeMap<>();
    new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tallystick")
            .stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect)
            .forEach(
                type -> collect(type.getAnnotation(ConfigMapping.class).prefix(), type, settings));
    assertFalse(settings.isEmpty());
    return settings;
  }

  private static void collect(String prefix, Class<?> type, Map<String, String> settings) {
    for (Method method : type.getDeclaredMethods()) {
      String name =
          method.isAnnotationPresent(WithParentName.class)
              ? prefix
              : prefix + "." + dashed(method.getName());
      if (Map.class.isAssignableFrom(method.getReturnType())) {
        Type value =
            ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[1];
        collect(name + ".*", (Class<?>) value, settings);
      } else {
        WithDefault standard = method.getAnnotation(WithDefault.class);
        settings.put(name, standard == null ? "" : standard.value());
      }
    }
  }

  private static Set<String> injected() {
    Set<String> names = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tallystick")) {
      type.getConstructors().stream()
          .flatMap(constructor -> constructor.getParameters().stream())
          .filter(parameter -> parameter.isAnnotatedWith(ConfigProperty.class))
          .map(parameter -> parameter.getAnnotationOfType(ConfigProperty.class).name())
          .forEach(names::add);
    }
    return names.stream()
        .filter(name -> name.startsWith("tallystick."))
        .collect(Collectors.toSet());
  }

  private static String dashed(String method) {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static Properties packaged() throws IOException {
    Properties packaged = new Properties();
    try (InputStream in = SettingsTableTest.class.getResourceAsStream("/application.properties")) {
      packaged.load(in);
    }
    return packaged;
  }
}
