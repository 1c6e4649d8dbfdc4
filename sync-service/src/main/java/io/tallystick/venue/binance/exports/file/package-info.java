/** Opens uploaded files safely and turns them into rows of cells; knows nothing of Binance. */
@Module(uses = {"kernel"})
@NullMarked
package io.tallystick.venue.binance.exports.file;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
