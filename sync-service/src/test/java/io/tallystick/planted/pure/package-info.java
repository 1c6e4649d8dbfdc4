/** Says that its rules need the JDK alone. */
@Module(jdkOnly = true)
package io.tallystick.planted.pure;

import io.tallystick.kernel.Module;
