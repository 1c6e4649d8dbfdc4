package io.tallystick.venue.binance.streams.turn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the free text of a dividend means. That the texts of the first table repeat other lists is
 * inferred from their shapes and from other clients; whoever reads dividends without those lists
 * lacks what they tell. Other texts that begin alike are of products of former years, and nobody
 * knows how far back those lists tell them.
 *
 * @param toldBy the stream that tells the same money; null when none does
 * @param mayRepeat whether another list tells the same money where it reaches
 * @param surface the venue's part that made it one side of an exchange of one asset for another;
 *     null when it is none
 * @param income what kind of income it is otherwise
 */
record DividendText(
    @Nullable String toldBy, boolean mayRepeat, @Nullable String surface, String income) {
  private static final Map<String, String> REPEATS =
      Map.of(
          "flexible", "flexible-rewards",
          "locked staking", "locked-rewards",
          "referral commission", "rebates");

  private static final List<String> SWAPS =
      List.of("swap", "redenomination", "conversion", "migration", "rebrand", "delist");

  // Tokens of a launch are paid for with what was committed to it; those of a pool are given.
  private static final String LAUNCH = "launchpad token";

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
    String toldBy = REPEATS.get(lower);
    boolean alike =
        lower.startsWith("flexible") || lower.startsWith("locked") || lower.equals("staking");
    return new DividendText(toldBy, toldBy == null && alike, surface(lower), income);
  }

  private static @Nullable String surface(String lower) {
    if (lower.contains(LAUNCH)) {
      return "launchpad";
    }
    return SWAPS.stream().anyMatch(lower::contains) ? "token-swap" : null;
  }
}
