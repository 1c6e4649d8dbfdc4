package io.tallystick.sync;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.Call;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the pages of a first sync were good for: useful, empty or read again, by phase. */
final class PageLedger {
  private final Account account;
  private final Set<String> seen;
  private final Map<String, String> bases;
  final Map<String, Integer> pages = new TreeMap<>();
  final Set<String> symbols = new HashSet<>();
  int again;
  int weight;
  int useful;
  private final Set<String> asked = new HashSet<>();

  /**
   * Reads the ledger.
   *
   * @param seen the assets that were seen when all was over
   * @param pairs each listed symbol with its assets, as base/quote
   */
  PageLedger(Account account, Set<String> seen, Map<String, String> pairs, List<Call> calls) {
    this.account = account;
    this.seen = seen;
    this.bases = pairs;
    calls.stream().filter(call -> call.path().equals(OnStage.TRADES)).forEach(this::take);
  }

  private void take(Call call) {
    String symbol = call.parameters().getOrDefault("symbol", "");
    String from = call.parameters().getOrDefault("fromId", "");
    symbols.add(symbol);
    weight += call.weight();
    boolean rows =
        account.fills(symbol).stream().anyMatch(fill -> fill.id() >= Long.parseLong(from));
    boolean repeated = !asked.add(symbol + " from " + from);
    again += repeated ? 1 : 0;
    useful += rows && !repeated ? 1 : 0;
    String kind =
        repeated ? "re-read" : call.status() != 200 ? "refused" : rows ? "useful" : "empty";
    pages.merge(phase(symbol) + " " + kind, 1, Integer::sum);
  }

  /** Named by evidence, or not. */
  String phase(String symbol) {
    String[] pair = bases.getOrDefault(symbol, "?/?").split("/");
    // A removed symbol of another size of the market is asked only where evidence names it.
    boolean named = pair[0].equals("?") || (seen.contains(pair[0]) && seen.contains(pair[1]));
    return named ? "named" : "sweep";
  }

  /** The least that could have been spent: pages that hold fills, and one for each symbol asked. */
  int floor() {
    long none = symbols.stream().filter(symbol -> account.fills(symbol).isEmpty()).count();
    return Math.toIntExact(20 * (useful + none));
  }
}
