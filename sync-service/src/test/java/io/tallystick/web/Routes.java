package io.tallystick.web;

import java.util.Set;

/** The routes whose answers depend on a consent, by how. */
final class Routes {
  private Routes() {}

  /** A holder's records: opened by a consent and by nothing else. */
  static final Set<String> DATA =
      Set.of(
          "/v1/balances",
          "/v1/trades",
          "/v1/orders",
          "/v1/transfers",
          "/v1/conversions",
          "/v1/earn/positions",
          "/v1/earn/rewards",
          "/v1/plans",
          "/v1/wallets",
          "/v1/entries",
          "/v1/entries/{entry}",
          "/v1/entries/{entry}/revisions",
          "/v1/evidence/{evidence}",
          "/v1/reports",
          "/v1/reports/{report}",
          "/v1/reports/{report}/disposals",
          "/v1/reports/{report}/pack",
          "/v1/reports/{report}/tables/{table}",
          "/v1/declarations",
          "/v1/journals/{syntax}");

  /** Of these, the ones that hold what is open of several kinds of record. */
  static final Set<String> OF_WHAT_IS_OPEN =
      Set.of(
          "/v1/entries",
          "/v1/reports",
          "/v1/reports/{report}",
          "/v1/reports/{report}/disposals",
          "/v1/reports/{report}/pack",
          "/v1/reports/{report}/tables/{table}",
          "/v1/declarations",
          "/v1/journals/{syntax}");

  /** What is told of a connection besides its books; recipients need a consent that is in force. */
  static final Set<String> ABOUT =
      Set.of(
          "/v1/connections/{connection}/completeness",
          "/v1/connections/{connection}/gaps",
          "/v1/connections/{connection}/imports",
          "/v1/connections/{connection}/imports/{import}",
          "/v1/connections/{connection}/imports/{import}/rows",
          "/v1/connections/{connection}/ledger-hash",
          "/v1/connections/{connection}/sync-runs",
          "/v1/connections/{connection}/sync-runs/{run}");
}
