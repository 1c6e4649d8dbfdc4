package io.tallystick.records;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A stored posting.
 *
 * @param revision the revision that wrote it
 * @param reversal whether it takes back a posting of the revision before
 */
record PostingRow(
    UUID entry,
    int revision,
    boolean reversal,
    String from,
    String to,
    String asset,
    BigDecimal amount) {}
