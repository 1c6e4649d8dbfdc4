package io.tallystick.tenancy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fired inside the transaction of an administrative act, so that the access log, which stands above
 * this room, writes it down with the act or not at all.
 *
 * @param caller who did it; null when it was the operator, by the provisioning file
 * @param facts what was done, without anything secret
 */
public record Administered(TenantTx tx, @Nullable Caller caller, Map<String, String> facts) {}
