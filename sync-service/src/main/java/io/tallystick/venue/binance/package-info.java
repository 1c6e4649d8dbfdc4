/** Binance as a venue: its forms, its error table, its key rights and its list of streams. */
@Module(
    uses = {
      "kernel",
      "venue",
      "venue.binance.importing",
      "venue.binance.live",
      "venue.binance.reading",
      "venue.binance.wire"
    })
@NullMarked
package io.tallystick.venue.binance;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
