package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.web.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What goes into the production image, and what does not. */
class ProductionContentTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @Test
  @DisplayName("F97 the production image holds no sandbox, fixture, debug route or known password")
  void nothingOfTestsIsInTheProduct() throws Exception {
    assertEquals(List.of(), dependenciesThatShip());
    List<String> odd = new ArrayList<>();
    int looked = 0;
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        looked++;
        String name = CLASSES.relativize(file).toString();
        if (name.contains("sandbox/") || name.contains("demo/") || name.contains("fixture")) {
          odd.add(name);
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        // The demo's tokens begin so, and its tenant's provisioning is no part of the service.
        if (text.contains("tally_demo") || text.contains("io/tallystick/sandbox/")) {
          odd.add(name + " names the demo or the sandbox");
        }
      }
    }
    assertEquals(List.of(), odd);
    assertTrue(looked > 300, "looked at " + looked);
    for (Contract.Operation operation : Contract.read().operations()) {
      assertTrue(operation.path().startsWith("/v1/"), operation.name());
      assertFalse(operation.roles().isEmpty(), operation.name());
    }
  }

  @Test
  void theSettingsOfTheServiceHoldNoPasswordAndNoTryingOut() throws IOException {
    List<String> lines =
        Files.readAllLines(CLASSES.resolve("application.properties")).stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith("%test."))
            .toList();
    assertTrue(lines.size() > 20, "read");
    for (String line : lines) {
      String name = line.replaceAll("=.*", "");
      assertFalse(name.matches(".*(password|secret|master-key).*"), name);
      assertFalse(line.contains("try-it-out-enabled=true"), line);
    }
  }

  /** Artifacts of ours that the service depends on beyond its tests, but for its own two. */
  private static List<String> dependenciesThatShip() throws Exception {
    NodeList all =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getElementsByTagName("dependency");
    List<String> shipped = new ArrayList<>();
    int ours = 0;
    for (int i = 0; i < all.getLength(); i++) {
      Element one = (Element) all.item(i);
      String artifact = text(one, "artifactId");
      if (artifact.startsWith("tallystick")) {
        ours++;
        boolean its = List.of("tallystick-migrations", "tallystick-openapi").contains(artifact);
        if (!its && !text(one, "scope").equals("test")) {
          shipped.add(artifact);
        }
      }
    }
    assertTrue(ours >= 2, "found " + ours);
    return shipped;
  }

  private static String text(Element of, String name) {
    NodeList found = of.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
