package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tallystick.boot.SettingsTable.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of {@code deploy/} fit the service. No image is built here. */
class DeployTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final String PORT = "8080";

  private record Instruction(String word, String rest) {
    /** The parts of the form that needs no shell; a failure when it is another form. */
    List<String> exec() throws IOException {
      assertTrue(rest.startsWith("["), word + " needs a shell: " + rest);
      return texts(new ObjectMapper().readTree(rest));
    }
  }

  private static List<Instruction> containerfile() throws IOException {
    return Files.readString(DEPLOY.resolve("Containerfile"))
        .replace("\\\n", " ")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split(" ", 2))
        .map(words -> new Instruction(words[0], words[1].strip()))
        .toList();
  }

  private static List<String> all(String word) throws IOException {
    return containerfile().stream()
        .filter(line -> line.word().equals(word))
        .map(Instruction::rest)
        .toList();
  }

  private static JsonNode compose() throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(DEPLOY.resolve("compose.yaml").toFile());
  }

  private static Properties application() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = DeployTest.class.getResourceAsStream("/application.properties")) {
      properties.load(file);
    }
    return properties;
  }

  @Test
  void theImageRunsWithoutRootAndWithoutAShell() throws IOException {
    String user = all("USER").getLast();
    assertTrue(user.matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}"), user);
    List<Instruction> lines = containerfile();
    int last = lines.stream().map(Instruction::word).toList().lastIndexOf("USER");
    assertTrue(
        lines.subList(last, lines.size()).stream()
            .noneMatch(line -> Set.of("RUN", "COPY", "ADD").contains(line.word())),
        "nothing is put in place as the service's user");
    for (Instruction line : lines) {
      if (Set.of("RUN", "CMD", "ENTRYPOINT").contains(line.word())) {
        line.exec();
      }
    }
    assertEquals(List.of("NONE"), all("HEALTHCHECK"));
    assertEquals(List.of(), all("ADD"));
  }

  @Test
  void theImageHoldsTheBuiltServiceAndListensWhereItDoes() throws IOException {
    Set<String> sources =
        all("COPY").stream().map(copy -> copy.split(" ")[0]).collect(Collectors.toSet());
    String built = "sync-service/target/quarkus-app/";
    assertEquals(
        Set.of(built + "lib/", built + "app/", built + "quarkus/", built + "quarkus-run.jar"),
        sources);
    assertEquals(List.of(PORT), all("EXPOSE"));
    assertEquals(PORT, application().getProperty("quarkus.http.port", "8080"));
    String data = all("VOLUME").getFirst();
    assertTrue(all("ENV").contains("TALLYSTICK_DATA=" + data));
    assertTrue(
        all("RUN").stream().anyMatch(made -> made.contains("\"" + data + "\"")),
        "the folder is made with its owner");
  }

  @Test
  void theJvmTakesTheOptionsOfTheImage() throws Exception {
    Instruction start =
        containerfile().stream()
            .filter(line -> line.word().equals("ENTRYPOINT"))
            .findFirst()
            .orElseThrow();
    List<String> command = new ArrayList<>(start.exec());
    assertEquals("java", command.getFirst());
    assertEquals("/app/quarkus-run.jar", command.getLast());
    assertEquals("-jar", command.get(command.size() - 2));
    List<String> options = new ArrayList<>();
    options.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    options.addAll(command.subList(1, command.size() - 2));
    options.add("-version");
    Process jvm = new ProcessBuilder(options).redirectErrorStream(true).start();
    String said = new String(jvm.getInputStream().readAllBytes());
    assertEquals(0, jvm.waitFor(), said);
    assertFalse(said.contains("WARNING"), said);
  }

  @Test
  void everyContainerIsShutIn() throws IOException {
    JsonNode compose = compose();
    assertEquals(2, compose.path("services").size());
    for (Map.Entry<String, JsonNode> one : compose.path("services").properties()) {
      JsonNode service = one.getValue();
      String name = one.getKey();
      assertTrue(service.path("user").asText().matches("[1-9][0-9]*:[1-9][0-9]*"), name);
      assertTrue(service.path("read_only").asBoolean(false), name);
      assertEquals(List.of("ALL"), texts(service.path("cap_drop")), name);
      assertFalse(service.has("cap_add"), name);
      assertFalse(service.has("privileged"), name);
      assertEquals(List.of("no-new-privileges:true"), texts(service.path("security_opt")), name);
      assertTrue(texts(service.path("tmpfs")).contains("/tmp"), name);
      for (String secret : texts(service.path("secrets"))) {
        assertTrue(
            compose.path("secrets").path(secret).path("file").asText().startsWith("./secrets/"),
            secret);
      }
      for (String port : texts(service.path("ports"))) {
        assertTrue(port.startsWith("127.0.0.1:"), port);
      }
      for (Map.Entry<String, JsonNode> variable : service.path("environment").properties()) {
        assertFalse(
            variable.getKey().matches(".*(PASSWORD|MASTER_KEY|SECRET)"),
            variable.getKey() + " would stand in the open");
        if (variable.getValue().asText().startsWith("/run/secrets/")) {
          String secret = variable.getValue().asText().substring("/run/secrets/".length());
          assertTrue(texts(service.path("secrets")).contains(secret), secret);
        }
      }
    }
  }

  @Test
  void theServiceOfTheCompositionIsTheImage() throws IOException {
    JsonNode service = compose().at("/services/service");
    assertEquals(all("USER").getLast(), service.path("user").asText());
    assertEquals("deploy/Containerfile", service.at("/build/dockerfile").asText());
    assertEquals(List.of("127.0.0.1:" + PORT + ":" + PORT), texts(service.path("ports")));
    String data = all("VOLUME").getFirst();
    assertTrue(
        texts(service.path("volumes")).stream().anyMatch(volume -> volume.endsWith(":" + data)),
        "the key store outlives the container");
    assertEquals(DatabaseRoles.APP, environment().get("QUARKUS_DATASOURCE_USERNAME"));
    assertEquals(DatabaseRoles.OWNER, environment().get("TALLYSTICK_DATABASE_OWNER_USERNAME"));
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    all("ENV").forEach(pair -> environment.put(pair.split("=")[0], pair.split("=")[1]));
    compose()
        .at("/services/service/environment")
        .properties()
        .forEach(pair -> environment.put(pair.getKey(), pair.getValue().asText()));
    return environment;
  }

  @Test
  void theServiceWouldStartWithTheseSettings() throws IOException {
    assertEquals(List.of(), settings(environment()).faults());
  }

  @Test
  void itWouldNotStartWithoutTheProxyOrTheMasterKeyOrWithASlip() throws IOException {
    for (String taken : List.of("TALLYSTICK_BEHIND_PROXY", "TALLYSTICK_VAULT_MASTER_KEY_FILE")) {
      Map<String, String> less = new HashMap<>(environment());
      less.remove(taken);
      assertEquals(1, settings(less).faults().size(), taken);
    }
    assertFalse(SettingsTable.knowsVariable("TALLYSTICK_BEHIND_PROXI"));
    environment().keySet().stream()
        .filter(name -> name.startsWith("TALLYSTICK_"))
        .forEach(name -> assertTrue(SettingsTable.knowsVariable(name), name));
  }

  // What stands in the secret file of passwords is given here as the composition's file gives it.
  private static StartSettings settings(Map<String, String> environment) throws IOException {
    Map<String, String> file =
        Map.of("quarkus.datasource.password", "a", "tallystick.database.owner-password", "b");
    Map<String, String> inside = new HashMap<>();
    application().forEach((name, value) -> inside.put(name.toString(), value.toString()));
    return StartSettings.of(
        new SmallRyeConfigBuilder()
            .withSources(
                new EnvConfigSource(environment, 300),
                new PropertiesConfigSource(file, "secret file", 290),
                new PropertiesConfigSource(inside, "application.properties", 100))
            .build());
  }

  @Test
  void tlsBeyondLoopbackWantsThePlainListenerClosed() throws IOException {
    Map<String, String> open =
        Map.of(
            "QUARKUS_HTTP_HOST", "0.0.0.0",
            "QUARKUS_TLS_KEY_STORE_PEM_0_CERT", "/run/secrets/tls.crt",
            "TALLYSTICK_DATABASE_OWNER_USERNAME", "keeper",
            "TALLYSTICK_VAULT_MASTER_KEY_FILE", "/run/secrets/master.key");
    List<String> faults = settings(open).faults();
    assertEquals(1, faults.size(), faults::toString);
    assertTrue(faults.getFirst().contains("QUARKUS_HTTP_INSECURE_REQUESTS=disabled"));
    Map<String, String> closed = new HashMap<>(open);
    closed.put("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled");
    assertEquals(List.of(), settings(closed).faults());
  }

  @Test
  void theTableOfSettingsIsTheServicesOwn() throws IOException {
    String expected =
        SettingsTable.ALL.stream().map(DeployTest::line).collect(Collectors.joining("\n"));
    assertEquals(expected, String.join("\n", table("## Ours")));
  }

  private static String line(Setting setting) {
    String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
    return "| `%s` | `%s` | %s | %s |"
        .formatted(setting.name(), setting.variable(), standard, setting.meaning());
  }

  @Test
  void everySettingOfTheFrameworkThatIsUsedIsInTheTableWithItsStandard() throws IOException {
    Map<String, String> standards = new TreeMap<>();
    for (String line : table("## Of the framework, those that a deployment sets")) {
      String[] cells = line.split(" *\\| *");
      String name = cells[1].replace("`", "");
      standards.put(name, cells[3].replace("`", ""));
      assertEquals(
          name.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT), cells[2].replace("`", ""));
    }
    Set<String> variables =
        standards.keySet().stream()
            .map(name -> name.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> used = new TreeSet<>(environment().keySet());
    used.removeIf(name -> !name.startsWith("QUARKUS_"));
    assertTrue(variables.containsAll(used), used + " of " + variables);
    application()
        .forEach((name, value) -> {
          if (standards.containsKey(name.toString())) {
            assertEquals(value, standards.get(name.toString()), name.toString());
          }
        });
  }

  private static List<String> table(String heading) throws IOException {
    String text = Files.readString(DEPLOY.resolve("settings.md"));
    assertTrue(text.contains(heading), heading);
    return text.substring(text.indexOf(heading))
        .lines()
        .skip(1)
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .toList();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
