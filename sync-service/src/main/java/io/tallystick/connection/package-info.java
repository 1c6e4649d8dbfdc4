/** A holder's link to one venue account: its key's verdict, its state, and how it is made. */
@Module(uses = {"kernel", "tenancy", "access", "venue", "vault", "egress", "consent", "web"})
@NullMarked
package io.tallystick.connection;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
