/** Banks, cards, other people and payments: one class an endpoint. */
@NullMarked
package io.tallystick.sandbox.cash;

import org.jspecify.annotations.NullMarked;
