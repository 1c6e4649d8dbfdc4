package io.tallystick.tenancy;

import io.quarkus.security.identity.SecurityIdentity;
import io.tallystick.kernel.Problem;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The caller of the request being answered. */
@RequestScoped
public class CurrentCaller {
  static final String ATTRIBUTE = "tallystick.caller";

  private final SecurityIdentity identity;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The caller; a problem when nobody was authenticated. */
  public Caller get() {
    @Nullable Caller caller = identity.getAttribute(ATTRIBUTE);
    if (caller == null) {
      throw new Problem(Problem.Kind.UNAUTHENTICATED, "Send a bearer token.");
    }
    return caller;
  }
}
