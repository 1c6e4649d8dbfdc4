package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;

/**
 * Fired inside the transaction that ends a consent, so that what must end with it (credentials,
 * waiting key pairs) commits with it or not at all. When its time ends it, this comes a moment
 * later, with the job that notices; nothing is pulled or read in between.
 */
public record ConsentEnded(TenantTx tx, long holder, long consent) {}
