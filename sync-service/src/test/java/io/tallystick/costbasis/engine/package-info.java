/** Tests of the matching engine: worked examples, an independent reference, and properties. */
@NullMarked
package io.tallystick.costbasis.engine;

import org.jspecify.annotations.NullMarked;
