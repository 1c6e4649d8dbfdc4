package io.tallystick.egress;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.tallystick.vault.SealedCredential;
import java.time.Duration;

/**
 * One span for each request that leaves, under the run it belongs to. It tells what the log's line
 * tells: names of ours, numbers and lines of the allow-list; no parameter, key or signature, and
 * nothing that came from outside.
 */
final class Spans {
  private final Tracer tracer;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Tells of the attempt that just ended and took so long. */
  void attempt(Journey journey, String result, boolean good, Duration took) {
    String method = journey.call.endpoint().method();
    String path = journey.call.endpoint().path();
    Span span =
        tracer
            .spanBuilder(method + " " + path)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(journey.sentAt)
            .startSpan();
    span.setAttribute("http.request.method", method);
    span.setAttribute("url.path", path);
    span.setAttribute("http.request.resend_count", Math.max(0, journey.attempts - 1));
    if (journey.status > 0) {
      span.setAttribute("http.response.status_code", journey.status);
    }
    if (journey.code != null) {
      span.setAttribute("tallystick.venue.code", journey.code);
    }
    span.setAttribute("tallystick.venue", journey.target.venue());
    span.setAttribute("tallystick.environment", journey.target.environment());
    span.setAttribute("tallystick.pool", journey.charge.pool().name());
    span.setAttribute("tallystick.weight", journey.charge.weight());
    span.setAttribute("tallystick.clock.offset_ms", journey.offset.toMillis());
    span.setAttribute("tallystick.result", result);
    SealedCredential credential = journey.target.credential();
    if (credential != null) {
      span.setAttribute("tallystick.credential", credential.fingerprint());
    }
    if (!good) {
      span.setStatus(StatusCode.ERROR, result);
    }
    span.end(journey.sentAt.plus(took));
  }
}
