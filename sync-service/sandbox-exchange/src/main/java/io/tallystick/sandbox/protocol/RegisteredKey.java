package io.tallystick.sandbox.protocol;

import io.tallystick.sandbox.account.Account;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * A key as the exchange knows it.
 *
 * @param apiKey 64 letters and digits
 * @param account whose it is
 * @param verifier checks its signatures
 * @param rights what it may do
 * @param addresses where it may be used from; empty for everywhere
 * @param revoked whether it was withdrawn
 * @param createTime when it was made, in milliseconds
 */
public record RegisteredKey(
    String apiKey,
    Account account,
    Verifier verifier,
    Rights rights,
    Set<String> addresses,
    boolean revoked,
    long createTime) {

  /** Copies the addresses. */
  public RegisteredKey {
    addresses = Set.copyOf(addresses);
  }

  /** The same with other rights. */
  public RegisteredKey with(Rights other) {
    return new RegisteredKey(apiKey, account, verifier, other, addresses, revoked, createTime);
  }

  /** The same, usable from these addresses only; none means everywhere. */
  public RegisteredKey with(Set<String> other) {
    return new RegisteredKey(apiKey, account, verifier, rights, other, revoked, createTime);
  }

  /** The same, withdrawn or not. */
  public RegisteredKey revoked(boolean now) {
    return new RegisteredKey(apiKey, account, verifier, rights, addresses, now, createTime);
  }

  /** Whether a call from this address may use it for reading. */
  public boolean admits(String address) {
    return !revoked && rights.reads() && (addresses.isEmpty() || addresses.contains(address));
  }

  /** Eight hexadecimal digits that tell keys apart without showing them; empty for no key. */
  public static String fingerprint(String apiKey) {
    if (apiKey.isEmpty()) {
      return "";
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(apiKey.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "RegisteredKey[" + fingerprint(apiKey) + " " + verifier.kind() + "]";
  }
}
