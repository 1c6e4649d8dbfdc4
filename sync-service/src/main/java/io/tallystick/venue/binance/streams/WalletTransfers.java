package io.tallystick.venue.binance.streams;

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
import io.tallystick.venue.binance.reading.States;
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
import java.util.Set;

/**
 * Transfers between the account's own wallets (Wallet docs, Query User Universal Transfer History),
 * type by type. Types of an isolated pair want the pair's name as well and are not asked.
 */
@AutoService(BinanceStream.class)
public final class WalletTransfers implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          150,
          "wallet-transfers",
          Domain.TRANSFERS,
          BinanceEndpoints.signed("/sapi/v1/asset/transfer", BinancePools.SAPI_IP, 1),
          new Coverage(
              "Transfers between own wallets",
              "A page shorter than the limit, or total, for each of 30 types",
              "Six months (2026-08); what is older is a gap",
              "Derived = reported in both wallets",
              "Transaction history export: with the CSV work",
              "Wallet docs, Query User Universal Transfer History"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Pages("current", "size", 100))
          .remembering(Duration.ofDays(180));
  private static final Cut CUT = Cut.member("rows");
  private static final States STATES =
      new States(Set.of("CONFIRMED"), Set.of("PENDING"), Set.of("FAILED"));

  /** The venue's names of wallets, and ours. */
  private static final Map<String, String> WALLETS =
      Map.of(
          "MAIN", "spot",
          "FUNDING", "funding",
          "MARGIN", "margin-cross",
          "ISOLATED_MARGIN", "margin-isolated",
          "PORTFOLIO_MARGIN", "portfolio-margin",
          "UMFUTURE", "futures-usdm",
          "CMFUTURE", "futures-coinm",
          "OPTION", "options");

  private static final List<String> TYPES =
      List.of(
          "MAIN_FUNDING",
          "FUNDING_MAIN",
          "MAIN_MARGIN",
          "MARGIN_MAIN",
          "MAIN_UMFUTURE",
          "UMFUTURE_MAIN",
          "MAIN_CMFUTURE",
          "CMFUTURE_MAIN",
          "MAIN_OPTION",
          "OPTION_MAIN",
          "MAIN_PORTFOLIO_MARGIN",
          "PORTFOLIO_MARGIN_MAIN",
          "MAIN_ISOLATED_MARGIN",
          "ISOLATED_MARGIN_MAIN",
          "UMFUTURE_MARGIN",
          "MARGIN_UMFUTURE",
          "CMFUTURE_MARGIN",
          "MARGIN_CMFUTURE",
          "FUNDING_UMFUTURE",
          "UMFUTURE_FUNDING",
          "FUNDING_CMFUTURE",
          "CMFUTURE_FUNDING",
          "FUNDING_MARGIN",
          "MARGIN_FUNDING",
          "UMFUTURE_OPTION",
          "OPTION_UMFUTURE",
          "MARGIN_OPTION",
          "OPTION_MARGIN",
          "FUNDING_OPTION",
          "OPTION_FUNDING");

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
  public List<String> parts() {
    return TYPES;
  }

  @Override
  public Map<String, String> asked(String part) {
    return Map.of("type", part);
  }

  @Override
  public Item item(byte[] record) {
    return Item.told(record, "tranId", "timestamp")
        .changing(STATES.mayChange(Row.of(record).name("status")));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("tranId");
    String asset = row.name("asset");
    BigDecimal amount = row.amount("amount");
    Instant at = row.instant("timestamp");
    EntryState state = STATES.of(row.name("status"));
    String type = row.has("type") ? row.name("type") : partition;
    List<Account> ends = ends(type);
    String wrong = row.wrong();
    if (wrong != null || state == null || ends.isEmpty()) {
      return new Reading.Unread(wrong != null ? wrong : "status or type is not a documented one");
    }
    List<Posting> postings = new ArrayList<>(1);
    Movement.post(postings, ends.getFirst(), ends.getLast(), asset, amount);
    return Movement.booked(
        EntryKind.INTERNAL_TRANSFER,
        state,
        at,
        Movement.event("transfer", at, id, type, asset, Decimals.text(amount)),
        new Details()
            .with("asset", asset)
            .with("amount", Decimals.text(amount))
            .with("venue_id", id)
            .with("type", type),
        postings);
  }

  /** Where a transfer of this type begins and ends; nothing for a type that nobody documented. */
  private static List<Account> ends(String type) {
    for (Map.Entry<String, String> from : WALLETS.entrySet()) {
      String start = from.getKey() + "_";
      String to = type.startsWith(start) ? WALLETS.get(type.substring(start.length())) : null;
      if (to != null && !to.equals(from.getValue())) {
        return List.of(Account.wallet(from.getValue()), Account.wallet(to));
      }
    }
    return List.of();
  }
}
