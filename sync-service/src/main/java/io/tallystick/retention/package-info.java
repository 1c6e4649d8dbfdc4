/** How long what is kept of a holder, by whose rules, and how it goes for good. */
@Module(uses = {"kernel", "tenancy", "access", "consent", "vault", "web"})
@NullMarked
package io.tallystick.retention;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
