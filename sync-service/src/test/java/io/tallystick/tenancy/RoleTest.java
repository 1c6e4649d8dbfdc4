package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roles have one name each, whether code or an annotation says it. */
class RoleTest {
  @Test
  void namesInAnnotationsAreTheRolesNames() {
    assertEquals(
        Arrays.stream(Role.values()).map(Role::code).toList(),
        List.of(
            Role.Names.OWNER,
            Role.Names.TRACKER,
            Role.Names.ACCOUNTANT,
            Role.Names.COMPLIANCE,
            Role.Names.OPERATOR));
  }

  @Test
  void aRoleIsFoundByItsNameAndByNothingElse() {
    for (Role role : Role.values()) {
      assertEquals(role, Role.of(role.code()));
      assertNull(Role.of(role.name()));
    }
    assertNull(Role.of(""));
  }
}
