/** What crosses the line: a request as it came in, a reply as it goes out, byte for byte. */
@NullMarked
package io.tallystick.sandbox.wire;

import org.jspecify.annotations.NullMarked;
