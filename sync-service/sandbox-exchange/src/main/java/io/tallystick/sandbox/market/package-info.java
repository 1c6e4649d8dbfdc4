/** The assets and symbols that the exchange lists or has removed. */
@NullMarked
package io.tallystick.sandbox.market;

import org.jspecify.annotations.NullMarked;
