package io.tallystick.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claim as exports tell it.
 *
 * @param count how often, according to all exports together; zero takes it back
 * @param evidence the first row that told it; null where it is only taken back, so that a claim
 *     nobody took in is not made by that
 * @param dictionary the version of the dictionary that its word was read by
 */
public record Claimed(Claim claim, int count, @Nullable UUID evidence, int dictionary) {}
