package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Match;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Units taken for a disposal, in the book's own units, with their cost. */
record Part(Match.Rule rule, List<String> lots, Instant acquired, BigDecimal units, Amount cost) {}
