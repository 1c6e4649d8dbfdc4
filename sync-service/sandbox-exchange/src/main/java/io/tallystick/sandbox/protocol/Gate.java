package io.tallystick.sandbox.protocol;

import io.tallystick.sandbox.wire.Request;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Lets signed calls in (Binance Spot REST docs, "Request security" and "Timing security"): key
 * form, key, address and rights, signature over the exact bytes, then the timestamp.
 */
public final class Gate {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{64}");
  private static final Pattern WINDOW = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,3})?");
  private static final BigDecimal LARGEST_WINDOW = BigDecimal.valueOf(60_000);
  private static final BigDecimal USUAL_WINDOW = BigDecimal.valueOf(5_000);
  private static final long AHEAD = 1_000;
  private static final long FIRST_TIMESTAMP = 1_483_228_800_000L;
  private static final long FIRST_MICROS = 100_000_000_000_000L;

  private final Map<String, RegisteredKey> keys = new ConcurrentHashMap<>();

  /** Whether a call may come in. */
  public sealed interface Admission {
    /** It may, for this key. */
    record Admitted(RegisteredKey key) implements Admission {}

    /** It may not. */
    record Refused(Refusal refusal) implements Admission {}
  }

  /** Registers a key, or replaces it. */
  public void put(RegisteredKey key) {
    keys.put(key.apiKey(), key);
  }

  /** The key as it stands. */
  public Optional<RegisteredKey> find(String apiKey) {
    return Optional.ofNullable(keys.get(apiKey));
  }

  /** Judges a signed call; {@code now} is the exchange's time in milliseconds. */
  public Admission admit(Request request, Sent sent, String address, long now) {
    String apiKey = request.header("X-MBX-APIKEY");
    if (!KEY.matcher(apiKey).matches()) {
      return new Admission.Refused(Refusal.keyFormat());
    }
    Optional<Refusal> form = form(sent);
    if (form.isPresent()) {
      return new Admission.Refused(form.get());
    }
    Optional<RegisteredKey> key = find(apiKey).filter(k -> k.admits(address));
    if (key.isEmpty()) {
      return new Admission.Refused(Refusal.key());
    }
    byte[] payload = sent.payload().getBytes(StandardCharsets.ISO_8859_1);
    if (!sent.encoded()
        || !key.get().verifier().fits(payload, sent.value("signature").orElse(""))) {
      return new Admission.Refused(Refusal.badSignature());
    }
    return time(sent, now)
        .<Admission>map(Admission.Refused::new)
        .orElseGet(() -> new Admission.Admitted(key.get()));
  }

  private static Optional<Refusal> form(Sent sent) {
    if (sent.duplicate()) {
      return Optional.of(Refusal.of(-1101, "Duplicate values for a parameter detected."));
    }
    if (!sent.value("timestamp").orElse("").matches("[0-9]{1,18}")) {
      return Optional.of(Refusal.missing("timestamp"));
    }
    if (sent.value("signature").orElse("").isEmpty()) {
      return Optional.of(Refusal.missing("signature"));
    }
    Optional<String> window = sent.value("recvWindow");
    if (window.isPresent() && !WINDOW.matcher(window.get()).matches()) {
      return Optional.of(Refusal.illegal("recvWindow"));
    }
    if (window.isPresent() && new BigDecimal(window.get()).compareTo(LARGEST_WINDOW) > 0) {
      return Optional.of(Refusal.of(-1131, "recvWindow must be less than 60000."));
    }
    return Optional.empty();
  }

  /** A wider {@code recvWindow} never helps a clock that is fast: one second ahead is fixed. */
  private static Optional<Refusal> time(Sent sent, long now) {
    long sentTime = Long.parseLong(sent.value("timestamp").orElseThrow());
    long timestamp = sentTime >= FIRST_MICROS ? sentTime / 1000 : sentTime;
    BigDecimal window = sent.value("recvWindow").map(BigDecimal::new).orElse(USUAL_WINDOW);
    if (timestamp >= now + AHEAD) {
      return Optional.of(
          Refusal.of(-1021, "Timestamp for this request was 1000ms ahead of the server's time."));
    }
    if (timestamp < FIRST_TIMESTAMP || BigDecimal.valueOf(now - timestamp).compareTo(window) > 0) {
      return Optional.of(
          Refusal.of(-1021, "Timestamp for this request is outside of the recvWindow."));
    }
    return Optional.empty();
  }
}
