package io.tallystick.boot;

import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** The ports to the world that tests replace: time and chance. */
@ApplicationScoped
class Beans {
  @Produces
  @Singleton
  Pace pace() {
    return Pace.SYSTEM;
  }

  @Produces
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }
}
