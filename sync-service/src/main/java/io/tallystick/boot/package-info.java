/** Starts the service: finds or starts its database, prepares roles, refuses unsafe settings. */
@Module(uses = {"kernel", "tenancy", "ledger", "vault", "connection"})
@NullMarked
package io.tallystick.boot;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
