/** The books as plain-text journals that other accounting programs read. */
@Module(
    uses = {"kernel"},
    jdkOnly = true)
@NullMarked
package io.tallystick.report.journal;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
