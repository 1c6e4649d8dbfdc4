package io.tallystick.venue.binance.streams.cash;

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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Crypto bought and sold for fiat (Fiat docs, Get Fiat Payments History). A purchase from the cash
 * balance debits the spot wallet; one by card or bank does not, and what a sale brings is paid out.
 * The fee is taken as part of the fiat amount.
 */
@AutoService(BinanceStream.class)
public final class FiatPayments implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          120,
          "fiat-payments",
          Domain.FIAT,
          BinanceEndpoints.signed("/sapi/v1/fiat/payments", BinancePools.SAPI_IP, 1),
          new Coverage(
              "Purchases and sales for fiat",
              "A page shorter than the limit, or total",
              "No limit stated (2026-08)",
              "Derived spot = reported",
              "Buy crypto export, by its number; transaction history export",
              "Fiat docs, Get Fiat Payments History"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.SPAN, new Paging.Pages("page", "rows", 500))
          .named("beginTime", "endTime");
  private static final Cut CUT = Cut.envelope();
  private static final States STATES =
      new States(Set.of("COMPLETED"), Set.of("PROCESSING"), Set.of("FAILED", "REFUNDED"));

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
    return List.of("0", "1");
  }

  @Override
  public Map<String, String> asked(String part) {
    return Map.of("transactionType", part);
  }

  @Override
  public Set<String> keptMembers() {
    return Set.of(
        "orderNo",
        "sourceAmount",
        "fiatCurrency",
        "obtainAmount",
        "cryptoCurrency",
        "totalFee",
        "price",
        "status",
        "paymentMethod",
        "createTime",
        "updateTime");
  }

  @Override
  public Item item(byte[] record) {
    return Item.told(record, "orderNo", "createTime")
        .changing(STATES.mayChange(Row.of(record).name("status")));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    boolean sale = partition.equals("1");
    String id = row.name("orderNo");
    String fiat = row.name("fiatCurrency");
    String crypto = row.name("cryptoCurrency");
    BigDecimal paid = row.amount("sourceAmount");
    BigDecimal got = row.amount("obtainAmount");
    BigDecimal fee = row.amountOrZero("totalFee").min(sale ? got : paid);
    Instant at = row.instant("createTime");
    EntryState state = STATES.of(row.name("status"));
    String method = row.textIfThere("paymentMethod");
    Details details =
        Details.exchange(sale ? crypto : fiat, paid, sale ? fiat : crypto, got)
            .with("method", method)
            .with("fee", Decimals.text(fee))
            .with("venue_id", id)
            .with("surface", sale ? "fiat-sale" : "fiat-purchase");
    String wrong = row.wrong();
    if (wrong != null || state == null) {
      return new Reading.Unread(wrong != null ? wrong : "status is not a documented one");
    }
    Account spot = Account.wallet("spot");
    List<Posting> postings = new ArrayList<>(3);
    if (sale) {
      Movement.post(postings, spot, Account.TRADING, crypto, paid);
      Movement.post(postings, Account.TRADING, Account.external("bank"), fiat, got);
    } else {
      Account from = payer(method);
      Movement.post(postings, from, Account.TRADING, fiat, paid.subtract(fee));
      Movement.post(postings, from, Account.FEES, fiat, fee);
      Movement.post(postings, Account.TRADING, spot, crypto, got);
    }
    Identity identity =
        Identity.told(sale ? "fiat-sale" : "fiat-purchase", id, Movement.rank(at, id));
    return Movement.booked(EntryKind.CONVERSION, state, at, identity, details, postings);
  }

  // Only the cash balance is money inside the venue.
  private static Account payer(@Nullable String method) {
    return switch (method == null ? "" : method) {
      case "Cash Balance" -> Account.wallet("spot");
      case "Credit Card" -> Account.external("card");
      default -> Account.external("bank");
    };
  }
}
