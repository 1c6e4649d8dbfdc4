/**
 * Prices with source, instant and route: looked up in observed quotes, pinned as content-addressed
 * sets, and never guessed, for what has no price is unpriced.
 */
@Module(uses = {"kernel", "tenancy", "web", "egress", "venue"})
@NullMarked
package io.tallystick.valuation;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
