/** One fault a class. */
@Module(uses = "venue.right")
package io.tallystick.planted.room;

import io.tallystick.kernel.Module;
