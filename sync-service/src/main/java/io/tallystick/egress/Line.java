package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.venue.Heard;
import io.tallystick.venue.Live;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One open subscription: what the venue says arrives in the inbox of whoever opened it, in the
 * order in which it came. Pings are answered by the JDK's client; each of them counts as a sign of
 * life.
 */
public final class Line implements AutoCloseable {
  private final Target target;
  private final Live live;
  private final BlockingQueue<Arrival> inbox;
  private final Pace pace;
  private final RequestLog log;
  private final int longest;
  private final CompletableFuture<Heard.Reply> reply = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean counted = new AtomicBoolean();
  private final AtomicLong frames = new AtomicLong();
  private final Instant openedAt;
  private volatile Instant lastSign;
  private volatile @Nullable WebSocket socket;

  /** What arrives. */
  public sealed interface Arrival {
    /** On which line. */
    Line line();
  }

  /** A frame, understood or not. */
  public record Said(Line line, Heard heard) implements Arrival {}

  /** Nothing more will come; {@code why} is a word of ours. */
  public record Ended(Line line, String why) implements Arrival {}

  Line(
      Target target,
      Live live,
      BlockingQueue<Arrival> inbox,
      Pace pace,
      RequestLog log,
      int longest) {
    this.target = target;
    this.live = live;
    this.inbox = inbox;
    this.pace = pace;
    this.log = log;
    this.longest = longest;
    this.openedAt = pace.instant();
    this.lastSign = openedAt;
  }

  /** When it was opened, by our clock. */
  public Instant openedAt() {
    return openedAt;
  }

  /** When anything last came over it, by our clock. */
  public Instant lastSign() {
    return lastSign;
  }

  /** Closes it; what came before is still in the inbox. */
  @Override
  public void close() {
    end("closed", false);
  }

  /** Closes it because nothing came any more. */
  public void closeAsDead() {
    end("silent", false);
  }

  CompletableFuture<Heard.Reply> reply() {
    return reply;
  }

  void opened(WebSocket opened) {
    socket = opened;
    if (over.get()) {
      opened.abort();
    }
  }

  /** The venue said yes: it counts as open until it ends. */
  void subscribed() {
    counted.set(true);
    log.lines(target, 1);
    if (over.get()) {
      uncount();
    }
  }

  private void uncount() {
    if (counted.compareAndSet(true, false)) {
      log.lines(target, -1);
    }
  }

  WebSocket.Listener listener() {
    return new Ear();
  }

  private void end(String why, boolean tell) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    log.closed(target, why, Duration.between(openedAt, pace.instant()), frames.get());
    uncount();
    reply.cancel(false);
    WebSocket now = socket;
    if (now != null) {
      now.abort();
    }
    if (tell && !inbox.offer(new Ended(this, why))) {
      // Full of frames: whoever empties it looks at the line's last sign of life.
      lastSign = Instant.EPOCH;
    }
  }

  private void sign() {
    lastSign = pace.instant();
  }

  private void frame(String text) {
    frames.incrementAndGet();
    Heard heard = live.hear(text);
    if (heard instanceof Heard.Reply answer && answer.id() != null) {
      reply.complete(answer);
    } else if (!inbox.offer(new Said(this, heard))) {
      end("overrun", true);
    }
  }

  /** Collects the parts of a frame; an overlong one ends the line. */
  private final class Ear implements WebSocket.Listener {
    private ByteArrayOutputStream parts = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket on, CharSequence data, boolean last) {
      sign();
      parts.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
      if (parts.size() > longest) {
        end("overlong", true);
        return null;
      }
      if (last) {
        String text = parts.toString(StandardCharsets.UTF_8);
        parts = new ByteArrayOutputStream();
        frame(text);
      }
      on.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket on, ByteBuffer data, boolean last) {
      end("binary", true);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket on, ByteBuffer message) {
      sign();
      on.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket on, int status, String reason) {
      end("close-" + status, true);
      return null;
    }

    @Override
    public void onError(WebSocket on, Throwable error) {
      end("cut", true);
    }
  }
}
