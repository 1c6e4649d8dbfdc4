package io.tallystick.tenancy;

import io.quarkus.security.identity.SecurityIdentity;
import io.tallystick.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** The holder of the present request, behind a route that asks for the role of holders. */
@ApplicationScoped
public class CurrentPerson {
  private final SecurityIdentity identity;

  CurrentPerson(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** Who asks in his session; a problem when it is a link, which has to be opened first. */
  public Person get() {
    Person person = person();
    if (!person.session()) {
      throw new Problem(
          Problem.Kind.FORBIDDEN, "Open a session with this link first: it does nothing else.");
    }
    return person;
  }

  /** Who opens a session with his link; a problem when it is a session already. */
  public Person opening() {
    Person person = person();
    if (person.session()) {
      throw new Problem(
          Problem.Kind.FORBIDDEN, "This is a session already. A link opens one session.");
    }
    return person;
  }

  private Person person() {
    return Objects.requireNonNull(identity.<Person>getAttribute(Person.ATTRIBUTE));
  }
}
