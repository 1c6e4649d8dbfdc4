package io.tallystick.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.records.Transfers;
import io.tallystick.venue.Raw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the venue's own lists tell of the account that the fixtures are of. */
final class VenueLists {
  private VenueLists() {}

  /** Books some of the eight fills, page after page, as the engine does. */
  static void trades(Desk.At at, int from, int to) {
    List<JsonNode> rows = new ArrayList<>();
    try {
      new ObjectMapper().readTree(Desk.bytes("api-myTrades.json")).forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (JsonNode row : rows.subList(from, to)) {
      byte[] bytes = row.toString().getBytes(StandardCharsets.UTF_8);
      String key = row.get("id") + (row.get("isBuyer").booleanValue() ? ":buy" : ":sell");
      Instant born = Instant.ofEpochMilli(row.get("time").longValue());
      at.account.page(
          at.on, "spot-trades", row.get("symbol").textValue(), List.of(new Raw(key, born, bytes)));
    }
  }

  /** Books two deposits of five BTC. */
  static void deposits(Desk.At at) {
    at.account.page(
        at.on,
        "deposits",
        "",
        List.of(
            Transfers.deposit("1", 1, Instant.parse("2024-01-05T10:00:00.250Z")),
            Transfers.deposit("2", 1, Instant.parse("2024-01-06T10:00:00.750Z"))));
  }
}
