/**
 * A stand-in for Binance that speaks its wire protocol strictly, over seeded accounts, with faults
 * on request.
 */
@NullMarked
package io.tallystick.sandbox;

import org.jspecify.annotations.NullMarked;
