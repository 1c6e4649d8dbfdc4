package io.tallystick.venue.binance.streams.turn;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Cut;
import io.tallystick.venue.binance.reading.Details;
import io.tallystick.venue.binance.reading.HistoryStream;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Movement;
import io.tallystick.venue.binance.reading.Paging;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Small balances of several assets turned into one (Wallet docs, DustLog; its misspelt names are
 * real). Only the newest hundred are ever told. The charge is taken as part of {@code
 * transferedAmount}, as in real rows; the documents' own sample fits the other reading.
 */
@AutoService(BinanceStream.class)
public final class Dust implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          310,
          "dust",
          Domain.DUST,
          BinanceEndpoints.signed("/sapi/v1/asset/dribblet", BinancePools.SAPI_IP, 1),
          new Coverage(
              "Dust conversions",
              "Fewer than a hundred, or one that was read before",
              "The last 100, since 2020-12-01 (2026-08)",
              "Derived spot = reported",
              "Transaction history export: with the CSV work",
              "Wallet docs, DustLog"));

  private static final WindowPaging PAGING =
      new WindowPaging(Duration.ofDays(36_500), new Paging.Newest(100))
          .since(Instant.parse("2020-12-01T00:00:00Z"));
  private static final Cut CUT = Cut.member("userAssetDribblets");

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public WindowPaging paging() {
    return PAGING;
  }

  @Override
  public Cut cut() {
    return CUT;
  }

  @Override
  public Map<String, String> asked(String part) {
    return Map.of("accountType", "SPOT");
  }

  @Override
  public Item item(byte[] record) {
    return Item.told(record, "transId", "operateTime");
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("transId");
    Instant at = row.instant("operateTime");
    List<Row> parts = row.rows("userAssetDribbletDetails");
    String wrong = row.wrong();
    List<Posting> postings = new ArrayList<>(parts.size() * 3);
    List<String> facts = new ArrayList<>();
    for (Row part : parts) {
      String from = part.name("fromAsset");
      BigDecimal given = part.amount("amount");
      BigDecimal gross = part.amount("transferedAmount");
      BigDecimal charge = part.amount("serviceChargeAmount");
      // Rows of the time when everything became BNB do not name it.
      String to = part.has("targetAsset") ? part.name("targetAsset") : "BNB";
      wrong = wrong != null ? wrong : part.wrong();
      Movement.post(postings, Account.wallet("spot"), Account.TRADING, from, given);
      Movement.post(postings, Account.TRADING, Account.wallet("spot"), to, gross);
      Movement.post(postings, Account.wallet("spot"), Account.FEES, to, charge);
      facts.add(from + " " + Decimals.text(given) + " " + to + " " + Decimals.text(gross));
    }
    if (wrong != null || parts.isEmpty()) {
      return new Reading.Unread(wrong != null ? wrong : "a conversion of nothing");
    }
    String all = String.join(", ", facts.stream().sorted().toList());
    return Movement.booked(
        EntryKind.CONVERSION,
        EntryState.SETTLED,
        at,
        Movement.event("dust", at, id, all),
        new Details().with("venue_id", id).with("surface", "dust"),
        postings);
  }
}
