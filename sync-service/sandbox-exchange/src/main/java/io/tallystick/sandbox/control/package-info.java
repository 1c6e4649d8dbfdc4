/** The exchange's own control interface over HTTP, under {@code /sandbox}. */
@NullMarked
package io.tallystick.sandbox.control;

import org.jspecify.annotations.NullMarked;
