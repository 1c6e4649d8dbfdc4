/** Says more than it uses. */
@Module(uses = "other")
package io.tallystick.planted.boastful;

import io.tallystick.kernel.Module;
