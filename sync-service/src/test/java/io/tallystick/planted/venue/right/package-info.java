/** Its neighbour, who keeps to himself. */
@Module(uses = "venue.right.streams")
package io.tallystick.planted.venue.right;

import io.tallystick.kernel.Module;
