package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;

/**
 * Fired inside the transaction in which a holder consents or is asked to, so that who hears of it
 * can make ready for him, or refuse by a problem. Amendments fire none: they come to a holder who
 * is there.
 */
public record ConsentGranted(TenantTx tx, long holder) {}
