/**
 * Cost basis: the vocabulary of events, settings and traced results; {@code engine} matches them.
 *
 * <p>Give valued {@link io.tallystick.costbasis.Event}s and the {@link
 * io.tallystick.costbasis.Settings} of a jurisdiction {@link io.tallystick.costbasis.Profile} to
 * the engine and it answers with {@link io.tallystick.costbasis.Line}s. Nothing unknown becomes
 * zero: a missing price or acquisition is an {@link io.tallystick.costbasis.Amount.Unknown}. Money
 * and quantities are exact decimals; a share of a lot or pool keeps {@link
 * io.tallystick.costbasis.Precision#SCALE} places and what empties a lot takes all that is left of
 * its cost, so costs are conserved to the last digit. Only {@link io.tallystick.costbasis.Rounding}
 * rounds, at a report's edge.
 */
@Module(uses = "kernel", jdkOnly = true)
@NullMarked
package io.tallystick.costbasis;

import io.tallystick.kernel.Module;
import org.jspecify.annotations.NullMarked;
