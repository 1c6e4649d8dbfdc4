/** What the others lean on. */
@Module
package io.tallystick.planted.other;

import io.tallystick.kernel.Module;
