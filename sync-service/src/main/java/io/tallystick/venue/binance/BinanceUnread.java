package io.tallystick.venue.binance;

import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import java.util.List;

/** What Binance tells of kinds of record that are read, and that no stream reads yet. */
final class BinanceUnread {
  static final List<Coverage.Unread> ALL =
      List.of(
          new Coverage.Unread(
              Domain.TRADES,
              "Fills that the venue's order routing allotted (/api/v3/myAllocations)",
              "Spot REST docs, Query Allocations"),
          new Coverage.Unread(
              Domain.TRANSFERS,
              "Transfers from and to sub-accounts (/sapi/v1/sub-account/…)",
              "Sub-account docs, Query Universal Transfer History"),
          new Coverage.Unread(
              Domain.TRANSFERS,
              "Transfers into and out of isolated margin pairs, which have to be named",
              "Wallet docs, Query User Universal Transfer History"),
          new Coverage.Unread(
              Domain.EARN,
              "Staking of ETH and SOL, wrapping of WBETH (/sapi/v1/eth-staking, /sapi/v1/sol-staking)",
              "Staking docs, ETH and SOL Staking"),
          new Coverage.Unread(
              Domain.EARN,
              "On-chain yields and soft staking (/sapi/v1/onchain-yields, /sapi/v1/soft-staking)",
              "Staking docs, On-chain Yields, Soft Staking"),
          new Coverage.Unread(
              Domain.EARN,
              "BFUSD and RWUSD (/sapi/v1/bfusd, /sapi/v1/rwusd)",
              "Simple Earn docs, BFUSD, RWUSD"),
          new Coverage.Unread(
              Domain.EARN,
              "Dual investment (/sapi/v1/dci), of which no list tells the settlement",
              "Dual Investment docs, Get Dual Investment Positions"));

  private BinanceUnread() {}
}
