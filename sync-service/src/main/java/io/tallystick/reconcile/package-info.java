/** What the postings add up to, beside what the venue itself reports. */
@Module(uses = {"kernel", "tenancy", "web", "consent", "ledger", "connection", "venue"})
@NullMarked
package io.tallystick.reconcile;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
