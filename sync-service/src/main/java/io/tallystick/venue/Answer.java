package io.tallystick.venue;

import java.util.Map;

/**
 * What came back, whole.
 *
 * @param headers names in lower case, first value of each
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "answer " + status + ", " + body.length + " bytes";
  }
}
