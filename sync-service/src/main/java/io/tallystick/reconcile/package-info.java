/** What the postings add up to beside what the venue reports, and how complete they are. */
@Module(
    uses = {"kernel", "tenancy", "web", "consent", "ledger", "connection", "venue", "valuation"})
@NullMarked
package io.tallystick.reconcile;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
