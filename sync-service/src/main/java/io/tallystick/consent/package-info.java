/** Who allowed what, for which purpose, until when; the only place that says yes to a call. */
@Module(uses = {"kernel", "web", "tenancy", "access", "access.proof", "venue"})
@NullMarked
package io.tallystick.consent;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
