/** Records as bytes, in one form only: what is equal has equal bytes, and so one digest. */
@Module(
    uses = {"kernel"},
    jdkOnly = true)
@NullMarked
package io.tallystick.report.packing;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
