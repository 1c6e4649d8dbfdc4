/** Layouts: a report's lines as the tables that tax forms and accountants ask for. */
@Module(
    uses = {"kernel", "costbasis", "costbasis.engine"},
    jdkOnly = true)
@NullMarked
package io.tallystick.report.layout;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
