/** The few values everybody needs: decimals, ids, time, secrets, problems, framing and paging. */
@Module
@NullMarked
package io.tallystick.kernel;

import org.jspecify.annotations.NullMarked;
