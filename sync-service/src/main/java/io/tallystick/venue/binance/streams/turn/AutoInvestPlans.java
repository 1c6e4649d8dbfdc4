package io.tallystick.venue.binance.streams.turn;

import com.google.auto.service.AutoService;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Cut;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Plans of recurring buys (Auto-Invest docs of 2025, Get list of plans). The venue's own clients
 * dropped this list in 2025; it is asked all the same, and a refusal is a gap.
 */
@AutoService(BinanceStream.class)
public final class AutoInvestPlans implements BinanceStream {
  private static final Sheet SHEET =
      new Sheet(
          400,
          "auto-invest-plans",
          Domain.AUTO_INVEST,
          BinanceEndpoints.signed(
              "/sapi/v1/lending/auto-invest/plan/list", BinancePools.SAPI_IP, 1),
          new Coverage(
              "Plans of recurring buys",
              "Told whole in one answer",
              "Now; the venue may refuse it (2025-09)",
              "Plans move nothing; their runs do",
              "No file tells it; runs: with the CSV work",
              "Auto-Invest docs, Get list of plans"));

  private static final Cut CUT = new Cut(List.of("plan"), false, null, null);
  private static final Map<String, Integer> HOURS =
      Map.of("H1", 1, "H4", 4, "H8", 8, "H12", 12, "DAILY", 24, "WEEKLY", 168, "BI_WEEKLY", 336);

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public List<String> parts() {
    return List.of("SINGLE", "PORTFOLIO", "INDEX");
  }

  @Override
  public Bookmark start(Instant earliest) {
    return new Bookmark.Snapshot(null);
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    return Call.of(SHEET.endpoint(), Map.of("planType", partition));
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return switch (CUT.rows(answer.body())) {
      case Cut.Found.Broken(String why) -> new Fetch.Unreadable(why);
      case Cut.Found.Rows found -> {
        List<Item> items =
            found.rows().stream().map(row -> Item.told(row, "planId", "creationDateTime")).toList();
        yield new Fetch.Page(Item.raws(items), bookmark, true);
      }
    };
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String cycle = row.name("subscriptionCycle");
    String status = row.name("status");
    Reading.Plan plan =
        new Reading.Plan(
            row.name("planId"),
            status,
            status.equals("ONGOING"),
            row.name("sourceAsset"),
            // A plan over several assets names them elsewhere.
            row.has("targetAsset") ? row.name("targetAsset") : "SEVERAL",
            row.amount("subscriptionAmount"),
            cycle,
            HOURS.getOrDefault(cycle, 0),
            row.instantIfThere("nextExecutionDateTime"));
    String wrong = row.wrong();
    return wrong == null ? new Reading.PlanSeen(plan) : new Reading.Unread(wrong);
  }
}
