package io.tallystick.access;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells monitoring how far the sealing of the access log is behind. Wellness and not readiness:
 * business goes on, and a checkpoint follows when the trouble is over.
 */
@Wellness
@ApplicationScoped
class SealingHealth implements HealthCheck {
  private final Sealing sealing;

  SealingHealth(Sealing sealing) {
    this.sealing = sealing;
  }

  @Override
  public HealthCheckResponse call() {
    Sealing.State state = sealing.state();
    return HealthCheckResponse.named("access log sealing")
        .withData("lag_seconds", state.lag().toSeconds())
        .withData("trouble", state.trouble())
        .status(!state.late() && state.trouble().isEmpty())
        .build();
  }
}
