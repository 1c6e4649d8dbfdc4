package io.tallystick.sandbox.account;

/**
 * What an event adds to a wallet.
 *
 * @param wallet which one
 * @param asset of which asset
 * @param units how much, in 10⁻⁸; below zero where it leaves
 */
public record Move(Wallet wallet, String asset, long units) {}
