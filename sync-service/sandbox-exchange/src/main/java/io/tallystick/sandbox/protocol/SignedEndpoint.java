package io.tallystick.sandbox.protocol;

/** An endpoint that needs key, timestamp and signature (security type USER_DATA). */
public non-sealed interface SignedEndpoint extends Endpoint {

  /** Answers for the account of this key. */
  Answer answer(Arguments arguments, RegisteredKey key);

  @Override
  default boolean signed() {
    return true;
  }
}
