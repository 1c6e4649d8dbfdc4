/** The account's history as the files that people download from the venue's pages. */
@NullMarked
package io.tallystick.sandbox.export;

import org.jspecify.annotations.NullMarked;
