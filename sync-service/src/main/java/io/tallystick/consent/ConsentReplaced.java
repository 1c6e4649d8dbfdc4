package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;

/**
 * Fired inside the transaction in which a new version of a consent takes the place of another, so
 * that what hung on the one hangs on the other when it commits.
 *
 * @param after the consent that is in force now
 * @param drops whether the version before named a client or a purpose that this one leaves out
 * @param anew whether the holder gave this version by an act of his own
 */
public record ConsentReplaced(
    TenantTx tx, long holder, long before, long after, boolean drops, boolean anew) {}
