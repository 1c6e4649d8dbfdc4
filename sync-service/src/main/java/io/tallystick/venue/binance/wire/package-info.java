/** What goes over the wire to Binance: its endpoints and pools, and strict reading of its JSON. */
@Module(uses = {"kernel", "venue"})
@NullMarked
package io.tallystick.venue.binance.wire;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
