package io.tallystick.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How this process may talk to venues. */
@ConfigMapping(prefix = "tallystick.egress")
public interface EgressSettings {
  /** Names the egress address; processes behind one address give the same name. */
  @WithDefault("default")
  @Pattern(regexp = "[A-Za-z0-9.:_-]{1,64}")
  String address();

  /**
   * The part of each venue limit that may be used in any stretch as long as its window; 1.00 on an
   * address of one's own.
   */
  @WithDefault("0.70")
  @DecimalMin("0.01")
  @DecimalMax("1.00")
  BigDecimal share();

  /**
   * The part of the share that is lent out only as long as no live or balance call, in any process,
   * is known to wait for room.
   */
  @WithDefault("0.05")
  @DecimalMin("0.00")
  @DecimalMax("0.50")
  BigDecimal reserve();

  /** How long a call waits for budget before it comes back as waiting. */
  @WithDefault("PT5M")
  @DurationMin(seconds = 1)
  @DurationMax(hours = 1)
  Duration patience();

  /** How old a measurement of a venue's clock may be when a call is signed with it. */
  @WithDefault("PT1M")
  @DurationMin(seconds = 10)
  @DurationMax(minutes = 10)
  Duration clockRefresh();

  /** A change of the venue clock's offset beyond this is a jump and is measured again. */
  @WithDefault("PT1S")
  @DurationMin(millis = 100)
  @DurationMax(seconds = 10)
  Duration clockGuard();

  /** How long opening a connection may take. */
  @WithDefault("PT5S")
  @DurationMin(millis = 100)
  @DurationMax(seconds = 30)
  Duration connectTimeout();

  /** How long one request may take, from first byte sent to last byte received. */
  @WithDefault("PT30S")
  @DurationMin(millis = 100)
  @DurationMax(minutes = 2)
  Duration callTimeout();

  /** The largest body that is read, in bytes after decompression. */
  @WithDefault("16777216")
  @Min(1024)
  @Max(268435456)
  int bodyLimit();

  /** How often a call is tried when trouble is passing. */
  @WithDefault("4")
  @Min(1)
  @Max(10)
  int tries();

  /** How long a call is tried, waits for budget not counted. */
  @WithDefault("PT1M")
  @DurationMin(seconds = 1)
  @DurationMax(minutes = 10)
  Duration retryFor();

  /**
   * Requests under way at once to one host. When a venue begins to refuse, those that are under way
   * are refused too, and a venue bans for insisting: so not more than are needed to use the budget.
   */
  @WithDefault("6")
  @Min(1)
  @Max(1000)
  int parallel();

  /**
   * Beneath which address each signed checkpoint of the access log is put, named by its size:
   * https, or http on the machine's own loopback.
   */
  Optional<URI> checkpointUrl();
}
