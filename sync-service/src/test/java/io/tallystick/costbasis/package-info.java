/** Tests of the cost-basis vocabulary, its profiles and its rounding. */
@NullMarked
package io.tallystick.costbasis;

import org.jspecify.annotations.NullMarked;
