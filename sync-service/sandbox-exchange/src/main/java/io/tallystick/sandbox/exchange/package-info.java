/** The exchange itself, without any socket: a request in, a reply out. */
@NullMarked
package io.tallystick.sandbox.exchange;

import org.jspecify.annotations.NullMarked;
