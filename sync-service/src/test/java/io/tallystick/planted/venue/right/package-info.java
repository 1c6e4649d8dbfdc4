/** Its neighbour, who keeps to himself. */
@Module
package io.tallystick.planted.venue.right;

import io.tallystick.kernel.Module;
