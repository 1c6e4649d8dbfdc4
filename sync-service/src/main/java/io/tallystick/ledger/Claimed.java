package io.tallystick.ledger;

import java.util.UUID;

/**
 * A claim as exports tell it.
 *
 * @param count how often, according to all exports together; zero takes it back
 * @param evidence the first row that told it
 */
public record Claimed(Claim claim, int count, UUID evidence) {}
