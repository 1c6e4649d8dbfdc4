package io.tallystick.sandbox.cash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;

/**
 * What fiat, C2C and Pay wrap their rows in: code 000000 and {@code success} say that all is well.
 */
final class Envelope {
  private Envelope() {}

  static Answer around(ArrayNode rows, int total) {
    ObjectNode body = open();
    body.set("data", rows);
    return new Answer.Document(body.put("total", total).put("success", true));
  }

  /** Pay tells no total. */
  static Answer around(ArrayNode rows) {
    ObjectNode body = open();
    body.set("data", rows);
    return new Answer.Document(body.put("success", true));
  }

  /** Without {@code data}, as some lists answer when there is nothing. */
  static Answer empty() {
    return new Answer.Document(open().put("total", 0).put("success", true));
  }

  /** An amount of fiat with at least two places. */
  static String fiat(long units) {
    String text = Units.trimmed(units);
    int point = text.indexOf('.');
    return point < 0 ? text + ".00" : text.length() - point == 2 ? text + "0" : text;
  }

  private static ObjectNode open() {
    return JsonNodeFactory.instance.objectNode().put("code", "000000").put("message", "success");
  }
}
