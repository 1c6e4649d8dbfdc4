package io.tallystick.connection;

import io.tallystick.connection.ConnectionViews.KeyView;
import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a holder is advised to do about a key that works: an old one, or one for any address. */
@ApplicationScoped
class KeyAdvice {
  private final ConnectionSettings settings;
  private final Pace pace;

  KeyAdvice(ConnectionSettings settings, Pace pace) {
    this.settings = settings;
    this.pace = pace;
  }

  /** The key of a connection, with the advice on it. */
  KeyView on(ConnectionRow row) {
    List<String> advice = new ArrayList<>();
    Instant since = row.keySince;
    if (since != null) {
      Duration age = Duration.between(since, pace.instant());
      if (age.compareTo(settings.keyAge()) > 0) {
        advice.add(
            "The key is %d days old: make a new one at the venue and give it to this connection."
                .formatted(age.toDays()));
      }
    }
    if (Boolean.FALSE.equals(row.addressRestricted)) {
      String address = settings.egressAddress().orElse("");
      advice.add(
          address.isEmpty()
              ? "Restrict the key at the venue to the address this service calls from; ask its"
                  + " operator."
              : "Restrict the key at the venue to the address " + address + ".");
    }
    return new KeyView(
        row.keyKind, row.keyOrigin, until(row), since, row.addressRestricted, advice);
  }

  // What is over is only waiting to be swept up.
  private @Nullable Instant until(ConnectionRow row) {
    Instant until = row.formerKeyUntil;
    return until == null || until.isBefore(pace.instant()) ? null : until;
  }
}
