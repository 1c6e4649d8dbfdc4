package io.tallystick.venue.binance.exports;

import java.math.BigDecimal;

/** An amount of an asset, exact, in whole units of the asset, at the scale the file wrote. */
public record Money(BigDecimal amount, String asset) {}
