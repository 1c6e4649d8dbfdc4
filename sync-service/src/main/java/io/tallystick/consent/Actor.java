package io.tallystick.consent;

import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Person;

/**
 * Who takes a step of a consent.
 *
 * @param client the client that records it, or through which the holder came
 * @param role its role, or {@code holder} when it is the holder himself
 */
public record Actor(long client, String role) {
  /** A client, on the holder's behalf. */
  static Actor of(Caller caller) {
    return new Actor(caller.client(), caller.role().code());
  }

  /** The holder himself. */
  static Actor of(Person person) {
    return new Actor(person.client(), Person.ROLE);
  }
}
