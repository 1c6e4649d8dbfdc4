/** Endpoints under {@code /api/v3}, one class each. */
@NullMarked
package io.tallystick.sandbox.spot;

import org.jspecify.annotations.NullMarked;
