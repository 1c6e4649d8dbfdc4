/** Uses more than it says. */
@Module
package io.tallystick.planted.secretive;

import io.tallystick.kernel.Module;
