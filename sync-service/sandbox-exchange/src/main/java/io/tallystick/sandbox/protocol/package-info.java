/** The rules every endpoint shares: parameters, keys, signatures, timestamps, weights, refusals. */
@NullMarked
package io.tallystick.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
