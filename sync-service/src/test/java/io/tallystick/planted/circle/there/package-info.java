/** One half of a circle. */
@Module(uses = "circle.back")
package io.tallystick.planted.circle.there;

import io.tallystick.kernel.Module;
