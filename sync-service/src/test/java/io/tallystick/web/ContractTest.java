package io.tallystick.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TestTenant;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The running service is what the contract says: its document, its routes and their roles. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ContractTest {
  private final Contract contract = Contract.read();

  @Inject Provisioning provisioning;

  @Test
  void theServicesOwnDocumentIsTheContract() throws Exception {
    List<String> differences = Contract.differences(contract.root(), document());
    assertEquals(
        List.of(), differences.stream().limit(20).toList(), differences.size() + " differences");
  }

  @Test
  void aPlantedDifferenceIsNoticed() throws Exception {
    JsonNode document = document();
    ObjectNode planted = contract.root().deepCopy();
    ObjectNode amount = (ObjectNode) planted.at("/components/schemas/Amount");
    amount.put("type", "number");
    ((ObjectNode) planted.at("/paths/~1v1~1trades/get/responses")).remove("403");
    ((ObjectNode) planted.path("paths")).putObject("/v1/planted");
    assertEquals(3, Contract.differences(planted, document).size());
  }

  private static JsonNode document() throws Exception {
    String json = given().accept("application/json").get("/q/openapi").asString();
    return new ObjectMapper().readTree(json);
  }

  @Test
  @DisplayName("F60 every route of the service is in the contract with its roles, and no other")
  void everyRouteIsInTheContractWithItsRoles() {
    Map<String, Set<String>> declared = new TreeMap<>();
    contract.operations().forEach(operation -> declared.put(operation.name(), operation.roles()));
    Map<String, Set<String>> routes = new TreeMap<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tallystick")) {
      if (type.isAnnotatedWith(Path.class)) {
        type.getMethods().forEach(method -> route(type, method, routes));
      }
    }
    assertTrue(routes.size() > 20, "the routes were really found");
    assertEquals(declared, routes);
  }

  // Two methods of one route, such as a list and its table, must not differ in their roles.
  private static void route(JavaClass type, JavaMethod method, Map<String, Set<String>> routes) {
    List<String> verbs =
        method.getAnnotations().stream()
            .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
            .map(annotation -> annotation.getRawType().getSimpleName())
            .toList();
    if (verbs.isEmpty()) {
      return;
    }
    String below =
        method.tryGetAnnotationOfType(Path.class).map(path -> "/" + path.value()).orElse("");
    String path = (type.getAnnotationOfType(Path.class).value() + below).replace("//", "/");
    Set<String> roles =
        new TreeSet<>(Arrays.asList(method.getAnnotationOfType(RolesAllowed.class).value()));
    Set<String> before = routes.put(verbs.getFirst() + " " + path, roles);
    assertTrue(before == null || before.equals(roles), path);
  }

  @Test
  @DisplayName("F60 every declared route asks for a token, then for one of its roles")
  void everyRouteAsksForATokenAndARole() {
    TestTenant tenant = TestTenant.fresh(provisioning);
    int refused = 0;
    for (Contract.Operation operation : contract.operations()) {
      String path = operation.path().replaceAll("\\{[a-z]+}", "con_00000000000000000000000000");
      Response anonymous =
          given().contentType(operation.bodyType()).request(operation.method(), path);
      assertEquals(401, anonymous.statusCode(), operation.name());
      assertEquals("unauthenticated", anonymous.path("code"), operation.name());
      for (Role role : Role.values()) {
        Response answer =
            tenant
                .as(role.code())
                .contentType(operation.bodyType())
                .request(operation.method(), path);
        if (operation.roles().contains(role.code())) {
          assertNotEquals(401, answer.statusCode(), operation + " as " + role);
          assertNotEquals("forbidden", answer.path("code"), operation + " as " + role);
        } else {
          assertEquals(403, answer.statusCode(), operation + " as " + role);
          assertEquals("forbidden", answer.path("code"), operation + " as " + role);
          refused++;
        }
      }
    }
    assertTrue(refused > 20, "some roles were really refused");
  }

  @Test
  @DisplayName("F60 a method that the contract does not name is not offered")
  void otherMethodsAreNotOffered() {
    TestTenant tenant = TestTenant.fresh(provisioning);
    List<String> declared = contract.operations().stream().map(Contract.Operation::name).toList();
    List<String> offered = new ArrayList<>();
    for (Contract.Operation operation : contract.operations()) {
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")) {
        if (declared.contains(method + " " + operation.path())) {
          continue;
        }
        String path = operation.path().replaceAll("\\{[a-z]+}", "con_00000000000000000000000000");
        int status = tenant.as("owner").request(method, path).statusCode();
        if (status < 400 || status >= 500) {
          offered.add(method + " " + path + " answers " + status);
        }
      }
    }
    assertEquals(List.of(), offered);
  }
}
