/** Keeps what a venue said exactly as it came, sealed, and hands out what is new. */
@Module(uses = {"kernel", "tenancy", "venue", "vault"})
@NullMarked
package io.tallystick.evidence;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
