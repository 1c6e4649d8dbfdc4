/** Puts signed checkpoints of the access log where nobody who runs the database can write. */
@Module(uses = {"kernel", "tenancy", "access", "egress"})
@NullMarked
package io.tallystick.anchor;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
