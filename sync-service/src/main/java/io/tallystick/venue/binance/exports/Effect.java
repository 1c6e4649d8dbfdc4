package io.tallystick.venue.binance.exports;

/** What a statement line is to its owner's accounts. */
public enum Effect {
  /** A leg of a trade; the sign tells given from received. */
  TRADE,
  TRADE_FEE,
  /** A leg of a conversion. */
  CONVERT,
  /** A leg of small balances turned into another coin. */
  DUST,
  /** A leg of a token that was renamed, split or merged. */
  TOKEN_SWAP,
  DEPOSIT,
  WITHDRAWAL,
  FIAT_DEPOSIT,
  FIAT_WITHDRAWAL,
  /** A leg of crypto bought for fiat. */
  FIAT_BUY,
  /** A leg of crypto sold for fiat. */
  FIAT_SELL,
  P2P,
  /** To or from another person at the venue. */
  PAY,
  CARD_SPEND,
  CASHBACK,
  /** Into a savings or staking product. */
  EARN_IN,
  /** Out of one. */
  EARN_OUT,
  INTEREST,
  /** Interest; of a coin that stands for savings, the receipt that comes and goes with them. */
  RECEIPT,
  STAKE_REWARD,
  AIRDROP,
  REBATE,
  MINING,
  /** Between wallets of the same holder. */
  TRANSFER,
  LOAN,
  REPAY,
  LOAN_INTEREST,
  LIQUIDATION,
  FUTURES_PROFIT,
  FUTURES_FEE,
  FUTURES_FUNDING,
  INSURANCE,
  NFT,
  FREEZE,
  /** The venue's own correction, or a tax it withheld. */
  ADJUSTMENT,
  /** Repeats another line and must not count. */
  MIRROR,
  /** Nobody knows; the line keeps its sign and amount. */
  UNKNOWN
}
