/** Simple Earn and auto-invest: one class an endpoint. */
@NullMarked
package io.tallystick.sandbox.earn;

import org.jspecify.annotations.NullMarked;
