/**
 * The only way out: allow-list, budget, venue clock, signing, transport, one log line a request.
 */
@Module(uses = {"kernel", "venue", "vault"})
@NullMarked
package io.tallystick.egress;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
