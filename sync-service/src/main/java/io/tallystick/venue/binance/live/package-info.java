/** What Binance's user data stream says, and what its events become. */
@Module(uses = {"kernel", "ledger", "venue", "venue.binance.reading", "venue.binance.wire"})
@NullMarked
package io.tallystick.venue.binance.live;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
