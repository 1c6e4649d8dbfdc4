package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;

/**
 * Fired inside the transaction that pauses a consent, or resumes it.
 *
 * @param paused false when it is resumed
 */
public record ConsentPaused(TenantTx tx, long holder, long consent, boolean paused) {}
