package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Term;
import io.tallystick.costbasis.TermRule;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** Gains and losses by holding period, for rules that treat long and short ones differently. */
final class Terms {
  private final Map<Term, BigDecimal> gains = new EnumMap<>(Term.class);
  private final Map<Term, BigDecimal> losses = new EnumMap<>(Term.class);

  /** Adds the parts of a recognised disposal whose gain is known. */
  void add(Disposal disposal) {
    if (!disposal.recognised()) {
      return;
    }
    for (Match match : disposal.matches()) {
      BigDecimal gain = Facts.known(match.gain());
      if (gain != null) {
        gains.merge(match.term(), gain.max(BigDecimal.ZERO), BigDecimal::add);
        losses.merge(match.term(), gain.min(BigDecimal.ZERO), BigDecimal::add);
      }
    }
  }

  /** Says the sums of each period, each rounded once; nothing where the rules know none. */
  void tell(Facts facts, Sheet.Rows rows) {
    if (facts.settings().calendar().term() == TermRule.NONE) {
      return;
    }
    gains.forEach((term, gain) ->
        rows.note(
            "parts of term %s: gains %s, losses %s"
                .formatted(
                    GenericTables.word(term),
                    Decimals.text(facts.rounding().roundProceeds(gain)),
                    Decimals.text(
                        facts
                            .rounding()
                            .roundProceeds(losses.getOrDefault(term, BigDecimal.ZERO))))));
  }
}
