package io.tallystick.sandbox.account;

import java.util.List;

/**
 * Anything that happens to an account beside fills, deposits and withdrawals. Amounts are in units
 * of 10⁻⁸, times in milliseconds. What it does to the wallets is {@link #moves}: the balances are
 * made of nothing else.
 */
public sealed interface Event permits EarnEvent, CashEvent, SwapEvent, IncomeEvent {

  /** The name by which it can be withheld: its kind and the venue's id, or its number. */
  String id();

  /** When it happened. */
  long time();

  /** Its whole effect on the wallets; empty for what failed, waits, or repeats another event. */
  List<Move> moves();
}
