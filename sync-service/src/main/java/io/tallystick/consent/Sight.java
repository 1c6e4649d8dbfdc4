package io.tallystick.consent;

import io.tallystick.tenancy.Role;

/** How far a role sees among holders and consents. */
enum Sight {
  /** Everything of the tenant. */
  WHOLE_TENANT,
  /** What names the client. */
  OWN;

  static Sight of(Role role) {
    return switch (role) {
      case OWNER, COMPLIANCE -> WHOLE_TENANT;
      case TRACKER, ACCOUNTANT, OPERATOR -> OWN;
    };
  }
}
