/** Where to look for trades, in which order, and when again: pure rules, no call and no clock. */
@Module(
    uses = {"kernel", "venue"},
    jdkOnly = true)
@NullMarked
package io.tallystick.sync.search;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
