package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deny by default: whoever forgets to say who may call a route breaks the build. */
class EveryRouteNamesItsRolesTest {
  @Test
  void everyRouteNamesItsRoles() {
    List<JavaMethod> routes =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.tallystick")
                .stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(EveryRouteNamesItsRolesTest::routes)
                .toList();
    assertTrue(routes.size() >= 8, "the routes were really found: " + routes);
    assertEquals(List.of(), faults(routes.stream()));
  }

  @Test
  void aPlantedRouteWithoutRolesIsNoticed() {
    JavaClass planted = new ClassFileImporter().importClass(Planted.class);
    assertEquals(1, faults(routes(planted)).size());
  }

  @Test
  void roleNamesInAnnotationsAreTheRolesNames() {
    assertEquals(
        Arrays.stream(Role.values()).map(Role::code).toList(),
        List.of(
            Role.Names.OWNER,
            Role.Names.TRACKER,
            Role.Names.ACCOUNTANT,
            Role.Names.COMPLIANCE,
            Role.Names.OPERATOR));
  }

  private static Stream<JavaMethod> routes(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class));
  }

  private static List<String> faults(Stream<JavaMethod> routes) {
    List<String> faults = new ArrayList<>();
    routes.forEach(route -> {
      boolean named =
          route
              .tryGetAnnotationOfType(RolesAllowed.class)
              .map(roles ->
                  roles.value().length > 0
                      && Arrays.stream(roles.value()).allMatch(name -> Role.of(name) != null))
              .orElse(false);
      if (!named) {
        faults.add(route.getFullName());
      }
    });
    return faults;
  }

  private static final class Planted {
    @GET
    public String open() {
      return "to everybody";
    }

    @GET
    @RolesAllowed("owner")
    public String closed() {
      return "to others";
    }
  }
}
