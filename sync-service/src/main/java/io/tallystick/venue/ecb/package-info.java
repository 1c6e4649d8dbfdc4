/** The European Central Bank as a publisher of reference rates, without accounts or keys. */
@Module(uses = {"kernel", "venue"})
@NullMarked
package io.tallystick.venue.ecb;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
