/**
 * Matching: events become primitive operations on one asset each, books match them and say what
 * they did as lines; a saved state lets a later run begin where this one ended.
 */
@Module(
    uses = {"kernel", "costbasis"},
    jdkOnly = true)
@NullMarked
package io.tallystick.costbasis.engine;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
