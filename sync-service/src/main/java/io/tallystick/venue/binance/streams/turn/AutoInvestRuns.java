package io.tallystick.venue.binance.streams.turn;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs of recurring buys (Auto-Invest docs of 2025, Query subscription transaction history). The
 * venue may refuse it, as it does the plans. The fee is taken as part of what is spent.
 */
@AutoService(BinanceStream.class)
public final class AutoInvestRuns implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          410,
          "auto-invest-runs",
          Domain.AUTO_INVEST,
          BinanceEndpoints.signed(
              "/sapi/v1/lending/auto-invest/history/list", BinancePools.SAPI_IP, 1),
          new Coverage(
              "Runs of recurring buys",
              "A page shorter than the limit",
              "Not known; the venue may refuse it (2025-09)",
              "Derived spot = reported",
              "Auto-Invest history export, transaction history export",
              "Auto-Invest docs, Query subscription transaction history"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Pages("current", "size", 100));
  private static final Cut CUT = Cut.array();
  private static final States STATES =
      new States(Set.of("SUCCESS"), Set.of("INIT", "PENDING", "PROCESSING"), Set.of("FAILED"));

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
  public Item item(byte[] record) {
    Row row = Row.of(record);
    return Item.told(record, "id", "transactionDateTime")
        .changing(STATES.mayChange(row.name("transactionStatus")));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("id");
    String from = row.name("sourceAsset");
    BigDecimal spent = row.amount("sourceAssetAmount");
    String to = row.name("targetAsset");
    BigDecimal bought = row.amount("targetAssetAmount");
    BigDecimal fee = row.amountOrZero("transactionFee");
    String unit = row.has("transactionFeeUnit") ? row.name("transactionFeeUnit") : from;
    Instant at = row.instant("transactionDateTime");
    EntryState state = STATES.of(row.name("transactionStatus"));
    Account wallet = wallet(row.has("sourceWallet") ? row.name("sourceWallet") : "SPOT_WALLET");
    Details details =
        Details.exchange(from, spent, to, bought)
            .with("venue_id", id)
            .with("plan", row.nameIfThere("planId"))
            .with("surface", "auto-invest");
    String wrong = row.wrong();
    if (wrong != null || state == null || wallet == null) {
      return new Reading.Unread(wrong != null ? wrong : "a status or wallet nobody documented");
    }
    List<Posting> postings = new ArrayList<>(3);
    BigDecimal within = unit.equals(from) ? fee.min(spent) : BigDecimal.ZERO;
    Movement.post(postings, wallet, Account.TRADING, from, spent.subtract(within));
    Movement.post(postings, wallet, Account.FEES, from, within);
    Movement.post(postings, Account.TRADING, Account.wallet("spot"), to, bought);
    Identity identity =
        Movement.event(
            "planned-buy", at, id, from, Decimals.text(spent), to, Decimals.text(bought));
    return Movement.booked(EntryKind.CONVERSION, state, at, identity, details, postings);
  }

  private static @Nullable Account wallet(String name) {
    return switch (name) {
      case "SPOT_WALLET" -> Account.wallet("spot");
      case "FUNDING_WALLET" -> Account.wallet("funding");
      default -> null;
    };
  }
}
