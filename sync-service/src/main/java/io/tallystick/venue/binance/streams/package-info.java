/**
 * Trading and chains, one file a stream: what to ask, how to page, how to key a record, what it
 * means.
 */
@Module(uses = {"kernel", "ledger", "venue", "venue.binance.reading", "venue.binance.wire"})
@NullMarked
package io.tallystick.venue.binance.streams;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
