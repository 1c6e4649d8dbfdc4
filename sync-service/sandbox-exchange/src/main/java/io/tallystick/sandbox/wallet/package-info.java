/** Endpoints under {@code /sapi}, one class each. */
@NullMarked
package io.tallystick.sandbox.wallet;

import org.jspecify.annotations.NullMarked;
