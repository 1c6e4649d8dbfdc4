package io.tallystick.consent;

import jakarta.enterprise.context.ApplicationScoped;

/** Lets tests elsewhere do now what the service does every few seconds. */
@ApplicationScoped
public class ConsentRounds {
  private final Expiry expiry;

  ConsentRounds(Expiry expiry) {
    this.expiry = expiry;
  }

  /** Ends what is over, pauses what was not confirmed, reminds of what is due. */
  public void now() {
    expiry.pass();
  }
}
