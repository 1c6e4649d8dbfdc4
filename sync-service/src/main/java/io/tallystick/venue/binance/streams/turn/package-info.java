/** What is turned over or given, one file a stream. */
@Module(uses = {"kernel", "ledger", "venue", "venue.binance.reading", "venue.binance.wire"})
@NullMarked
package io.tallystick.venue.binance.streams.turn;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
