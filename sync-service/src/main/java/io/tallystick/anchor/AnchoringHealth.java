package io.tallystick.anchor;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells monitoring how far the checkpoints outside are behind. Wellness and not readiness: what
 * waits is put when the trouble is over, and nothing waits for it.
 */
@Wellness
@ApplicationScoped
class AnchoringHealth implements HealthCheck {
  private final Anchoring anchoring;

  AnchoringHealth(Anchoring anchoring) {
    this.anchoring = anchoring;
  }

  @Override
  public HealthCheckResponse call() {
    Anchoring.State state = anchoring.state();
    return HealthCheckResponse.named("access log checkpoints outside")
        .withData("on", anchoring.isOn())
        .withData("size", state.size())
        .withData("put_at", Objects.toString(state.at(), "never"))
        .withData("lag_seconds", state.lag().toSeconds())
        .withData("failures", state.failures())
        .withData("trouble", state.trouble())
        .status(!state.late())
        .build();
  }
}
