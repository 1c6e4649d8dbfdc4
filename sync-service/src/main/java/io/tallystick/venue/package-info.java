/** What a venue must tell us, as types: no behaviour, no thread, no clock, no key. */
@Module(
    uses = {"kernel", "ledger"},
    jdkOnly = true)
@NullMarked
package io.tallystick.venue;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
