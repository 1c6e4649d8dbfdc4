package io.tallystick.venue.binance.exports;

import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What must be known beside the header to read a file's rows. */
record Settings(
    ZoneOffset zone,
    NumberStyle numbers,
    DateOrder dates,
    @Nullable Direction direction,
    MarginMode margin,
    boolean sheet) {}
