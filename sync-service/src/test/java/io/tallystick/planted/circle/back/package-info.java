/** The other half of the circle. */
@Module(uses = "circle.there")
package io.tallystick.planted.circle.back;

import io.tallystick.kernel.Module;
