/** The access log: what was allowed, pulled and read, in a form that can be verified later. */
@Module(uses = {"kernel", "web", "tenancy", "access.proof"})
@NullMarked
package io.tallystick.access;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
