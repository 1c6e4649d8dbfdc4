package io.tallystick.vault;

import java.util.Map;

/**
 * A call ready to be sent, once. Shows neither query nor headers: they carry key and signature.
 *
 * @param query encoded, without the question mark; empty when there is none
 */
public record SignedCall(String method, String path, String query, Map<String, String> headers) {
  public SignedCall {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
