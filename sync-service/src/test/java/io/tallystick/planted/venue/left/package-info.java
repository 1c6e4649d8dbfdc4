/** An adapter that knows too much. */
@Module(uses = "venue.right")
package io.tallystick.planted.venue.left;

import io.tallystick.kernel.Module;
