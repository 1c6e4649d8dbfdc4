/** What the venue tells. */
@Module
package io.tallystick.planted.venue.right.streams;

import io.tallystick.kernel.Module;
