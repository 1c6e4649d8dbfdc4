/** Tenants, their clients, tokens and roles; row-level security; transactions as a tenant. */
@Module(uses = {"kernel", "web"})
@NullMarked
package io.tallystick.tenancy;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
