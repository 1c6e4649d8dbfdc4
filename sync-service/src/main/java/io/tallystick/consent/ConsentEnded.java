package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;

/**
 * Fired inside the transaction that ends a consent, so that what must end with it (credentials,
 * waiting key pairs) commits with it or not at all. Expiry fires none: no act ends the consent
 * then.
 */
public record ConsentEnded(TenantTx tx, long holder, long consent) {}
