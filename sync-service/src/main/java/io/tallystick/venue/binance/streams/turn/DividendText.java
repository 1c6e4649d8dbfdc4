package io.tallystick.venue.binance.streams.turn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the free text of a dividend means. That the texts of the first table repeat other lists is
 * inferred from their shapes and from other clients; whoever reads dividends without those lists
 * lacks what they tell.
 *
 * @param toldBy the stream that tells the same money; null when none does
 * @param swap whether it is one side of an exchange of one token for another
 * @param income what kind of income it is otherwise
 */
record DividendText(@Nullable String toldBy, boolean swap, String income) {
  private static final Map<String, String> REPEATS =
      Map.of(
          "flexible", "flexible-rewards",
          "locked staking", "locked-rewards",
          "referral commission", "rebates");

  private static final List<String> SWAPS =
      List.of("swap", "redenomination", "conversion", "migration", "rebrand", "delist");

  private static final Map<String, String> KINDS =
      Map.of(
          "launchpool", "launchpool",
          "airdrop", "airdrop",
          "distribution", "distribution",
          "staking", "staking",
          "saving", "earn",
          "vault", "earn",
          "earn", "earn",
          "voucher", "voucher");

  static DividendText of(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String income =
        KINDS.entrySet().stream()
            .filter(known -> lower.contains(known.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .findFirst()
            .orElse("other");
    return new DividendText(REPEATS.get(lower), SWAPS.stream().anyMatch(lower::contains), income);
  }
}
