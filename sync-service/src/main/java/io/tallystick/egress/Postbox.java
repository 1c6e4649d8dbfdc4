package io.tallystick.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one address besides the venues to which anything is sent: what an operator's setting named at
 * the start. Things are put beneath it under names of ours, without a credential of anybody; of the
 * answer its status counts, and nothing of it is kept or written down.
 */
public final class Postbox implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("io.tallystick.egress.request");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int MOST_ANSWERED = 65_536;
  private static final int OK = 200;
  private static final int NOT_OK = 300;

  private final @Nullable Wire wire;
  private final String base;
  private final Duration longest;
  private final MeterRegistry registry;
  private volatile boolean closed;

  /**
   * At this address; with null it stays shut.
   *
   * @throws IllegalArgumentException with a sentence for the operator, when it is not allowed
   */
  Postbox(@Nullable URI address, EgressSettings settings, MeterRegistry registry) {
    if (address != null && !allowed(address)) {
      throw new IllegalArgumentException(
          "tallystick.egress.checkpoint-url must be https, or http on loopback, with a plain path"
              + " and without query or user");
    }
    this.wire = address == null ? null : new Wire(settings);
    this.base = address == null ? "" : address.toString().replaceFirst("/$", "");
    this.longest = settings.connectTimeout().plus(settings.callTimeout());
    this.registry = registry;
  }

  /** What came of putting something. */
  public sealed interface Put {
    /** It was taken. */
    record Taken() implements Put {}

    /** It was not, or nobody knows; {@code why} holds words and numbers of ours alone. */
    record Failed(String why) implements Put {}
  }

  /** Whether an address was named. */
  public boolean isOpen() {
    return wire != null;
  }

  /** A digest that stands for the address, 32 bytes. */
  public byte[] place() {
    return Digests.sha256(Frame.of("tallystick/postbox/1", base));
  }

  /** How long one put can take. */
  public Duration longest() {
    return longest;
  }

  /** Puts bytes under a name; once, whatever comes of it. */
  public Put put(String name, byte[] body) throws InterruptedException {
    Wire open = wire;
    if (open == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no address, or no name");
    }
    if (closed) {
      return new Put.Failed("the service stops");
    }
    long status = 0;
    Put put;
    switch (open.put(URI.create(base + "/" + name), body, MOST_ANSWERED)) {
      case Wire.Exchange.Came came -> {
        status = came.answer().status();
        boolean taken = status >= OK && status < NOT_OK;
        put = taken ? new Put.Taken() : new Put.Failed("answered " + status);
      }
      case Wire.Exchange.Held held -> put = new Put.Failed("held back");
      case Wire.Exchange.NotConnected not -> put = new Put.Failed(not.why());
      case Wire.Exchange.Broken broken -> put = new Put.Failed(broken.why());
      case Wire.Exchange.Insecure insecure -> put = new Put.Failed(insecure.why());
      case Wire.Exchange.Odd odd -> put = new Put.Failed(odd.why());
    }
    String result = put instanceof Put.Taken ? "taken" : "failed";
    registry.counter("tallystick.egress.puts", "result", result).increment();
    LOG.infof(
        "egress method=PUT path=checkpoint name=%s status=%d result=%s", name, status, result);
    return put;
  }

  /** Lets go of what is under way; nothing is put any more. */
  @Override
  public void close() {
    closed = true;
    if (wire != null) {
      wire.close();
    }
  }

  private static boolean allowed(URI address) {
    return Loopback.isHereOrHttps(address)
        && address.getRawQuery() == null
        && address.getRawFragment() == null
        && PATH.matcher(address.getRawPath()).matches();
  }
}
