package io.tallystick.costbasis;

/** What a receipt was for. */
public enum IncomeKind {
  /** Staking rewards. */
  STAKING,
  /** Interest, savings and lending rewards. */
  INTEREST,
  /** Mining and launch-pool rewards. */
  MINING,
  /** An airdrop for which nothing was done. */
  AIRDROP,
  /** An airdrop against a service (learn-and-earn, tasks). */
  AIRDROP_FOR_SERVICE,
  /** The new coin of a fork. */
  FORK,
  /** Referral bonus or commission share. */
  REFERRAL,
  /** A rebate that cannot be linked to its trade. */
  REBATE,
  /** Anything else. */
  OTHER
}
