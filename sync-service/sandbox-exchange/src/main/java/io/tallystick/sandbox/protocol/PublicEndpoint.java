package io.tallystick.sandbox.protocol;

/** An endpoint that anyone may call (security type NONE). */
public non-sealed interface PublicEndpoint extends Endpoint {

  /** Answers from what everyone may know. */
  Answer answer(Arguments arguments);

  @Override
  default boolean signed() {
    return false;
  }
}
