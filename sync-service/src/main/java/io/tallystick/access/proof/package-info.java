/** What checks a sealed log without trusting anyone: its tree, its signed checkpoints, exports. */
@Module(uses = "kernel")
@NullMarked
package io.tallystick.access.proof;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
