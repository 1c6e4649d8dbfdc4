package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;

/**
 * Fired inside the transaction in which a holder consents or is asked to, so that who hears of it
 * can make ready for him, or refuse by a problem. Amendments fire none: they come to a holder who
 * is there.
 *
 * @param asked whether he is only asked: he may refuse, and has not come back by that
 */
public record ConsentGranted(TenantTx tx, long holder, boolean asked) {}
