/** Binance's export files as the seam wants them: each row an event, a claim, or nothing. */
@Module(uses = {"kernel", "ledger", "venue", "venue.binance.exports", "venue.binance.exports.file"})
@NullMarked
package io.tallystick.venue.binance.importing;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
