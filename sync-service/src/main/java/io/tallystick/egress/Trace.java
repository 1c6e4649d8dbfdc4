package io.tallystick.egress;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a call, for the access log; holds no parameter, key or signature.
 *
 * @param status HTTP status of the last answer; 0 when there was none
 * @param code the venue's own error code; null when it gave none
 * @param weight charged to the budget, over all attempts
 * @param used weight the venue says was used in its window; null when it did not say
 * @param offset venue time minus our time, as known when the last attempt was sent
 * @param duration from the call's begin to its end, waits included
 * @param attempts requests that were tried to be sent
 * @param host which of the environment's equivalent hosts, from 0
 * @param pool the budget that was charged
 * @param sentAt when the last attempt was sent, by our clock; the call's begin when none was
 * @param endedAt when the last attempt ended, by our clock
 */
public record Trace(
    int status,
    @Nullable Integer code,
    int weight,
    @Nullable Integer used,
    Duration offset,
    Duration duration,
    int attempts,
    int host,
    String pool,
    Instant sentAt,
    Instant endedAt) {}
