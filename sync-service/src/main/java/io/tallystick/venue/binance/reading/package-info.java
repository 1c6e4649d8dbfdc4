/** What Binance's streams share: how a history is walked, cut into records and kept. */
@Module(uses = {"kernel", "ledger", "venue", "venue.binance.wire"})
@NullMarked
package io.tallystick.venue.binance.reading;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
