package io.tallystick.tenancy;

import java.util.Map;

/**
 * Fired inside the transaction of an administrative act, so that the access log, which stands above
 * this room, writes it down with the act or not at all.
 *
 * @param facts what was done, without anything secret
 */
public record Administered(TenantTx tx, Caller caller, Map<String, String> facts) {}
