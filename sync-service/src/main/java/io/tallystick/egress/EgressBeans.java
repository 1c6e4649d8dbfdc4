package io.tallystick.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.health.api.Wellness;
import io.tallystick.kernel.Pace;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Venue;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Builds the way out from settings. Venues are found by their line of registration. */
@ApplicationScoped
class EgressBeans {
  private static final int AFTER_RUNS = Interceptor.Priority.APPLICATION + 1000;
  private static final Duration APART = Duration.ofSeconds(1);

  @Produces
  @Singleton
  Environments environments(VenueSettings settings) {
    List<Venue> venues =
        ServiceLoader.load(Venue.class).stream().map(ServiceLoader.Provider::get).toList();
    Map<String, List<URI>> sandboxes = new HashMap<>();
    settings
        .venues()
        .forEach((id, venue) -> venue.sandboxUrl().ifPresent(urls -> sandboxes.put(id, urls)));
    return new Environments(venues, sandboxes);
  }

  @Produces
  @Singleton
  Budget budget(DataSource database, Instance<Pace> pace, EgressSettings settings) {
    return new Budget(database, pace(pace), new SecureRandom(), settings);
  }

  @Produces
  @Singleton
  Gateway gateway(
      Environments environments,
      Budget budget,
      Vault vault,
      Instance<Pace> pace,
      EgressSettings settings,
      MeterRegistry registry,
      Tracer tracer) {
    return new Gateway(
        environments,
        budget,
        vault,
        pace(pace),
        new SecureRandom(),
        settings,
        new Wire(settings),
        new Meters(registry),
        new Spans(tracer));
  }

  @Produces
  @Singleton
  Postbox postbox(EgressSettings settings, MeterRegistry registry) {
    return new Postbox(settings.checkpointUrl().orElse(null), settings, registry);
  }

  @Produces
  @Singleton
  Lines lines(
      Environments environments,
      Budget budget,
      Vault vault,
      Gateway gateway,
      Instance<Pace> pace,
      EgressSettings settings) {
    return new Lines(environments, budget, vault, gateway, pace(pace), settings);
  }

  /** Nobody waits for a venue while the service stops: told after runs know that it does. */
  void stop(@Observes @Priority(AFTER_RUNS) ShutdownEvent event, Gateway gateway) {
    gateway.stop();
  }

  void close(@Disposes Postbox postbox) {
    postbox.close();
  }

  void close(@Disposes Lines lines) {
    lines.close();
  }

  /**
   * Tells monitoring that our clock and a venue's are apart. Wellness and not readiness: calls are
   * stamped with the venue's time whatever ours is; but processes that share a schedule must agree
   * on the second.
   */
  @Produces
  @Wellness
  @ApplicationScoped
  HealthCheck clocks(Gateway gateway) {
    return () -> {
      HealthCheckResponseBuilder told = HealthCheckResponse.named("clock against venues");
      boolean apart = false;
      for (Map.Entry<String, Duration> one : gateway.clocks().entrySet()) {
        told.withData(one.getKey(), one.getValue().toMillis());
        apart |= one.getValue().abs().compareTo(APART) > 0;
      }
      return told.status(!apart).build();
    };
  }

  void close(@Disposes Gateway gateway) {
    gateway.close();
  }

  private static Pace pace(Instance<Pace> given) {
    return given.isResolvable() ? given.get() : Pace.SYSTEM;
  }
}
