package io.tallystick.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Changes the rows of a reply on their way. */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Rows() {}

  /** Whether this asks for the trades of a symbol. */
  static boolean tradesOf(Request request, String symbol) {
    return request.path().equals(OnStage.TRADES)
        && request.query().contains("symbol=" + symbol + "&");
  }

  /** The reply with its rows in another order, or fewer of them; as it is when it has none. */
  static Reply ordered(Reply reply, UnaryOperator<List<JsonNode>> order) {
    JsonNode tree = read(reply);
    if (reply.status() != 200 || !tree.isArray()) {
      return reply;
    }
    List<JsonNode> rows = new ArrayList<>();
    tree.forEach(rows::add);
    ArrayNode changed = JSON.createArrayNode();
    order.apply(rows).forEach(changed::add);
    return reply.with(Body.text(changed.toString()));
  }

  /** The reply with each row changed. */
  static Reply each(Reply reply, Consumer<ObjectNode> change) {
    return ordered(
        reply,
        rows -> {
          rows.forEach(row -> change.accept((ObjectNode) row));
          return rows;
        });
  }

  private static JsonNode read(Reply reply) {
    try {
      return JSON.readTree(reply.body().text());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the exchange's own reply is JSON", e);
    }
  }
}
