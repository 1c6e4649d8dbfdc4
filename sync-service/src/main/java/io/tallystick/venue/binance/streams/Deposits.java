package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Entry;
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
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Crypto deposits (Wallet docs, Deposit History). Coins that another user of the venue sent come
 * from {@code external/internal}: no chain saw them.
 */
@AutoService(BinanceStream.class)
public final class Deposits implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          80,
          "deposits",
          Domain.DEPOSITS,
          BinanceEndpoints.signed("/sapi/v1/capital/deposit/hisrec", BinancePools.SAPI_IP, 1),
          new Coverage(
              "Deposits from chains and other users",
              "A page shorter than the limit ends the window",
              "No limit stated (2026-08)",
              "Derived = reported in the wallet that is named",
              "Deposit history export: with the CSV work",
              "Wallet docs, Deposit History"));

  private final WindowPaging paging;

  /** Asks for as many rows as the venue gives. */
  public Deposits() {
    this(1_000);
  }

  Deposits(int limit) {
    this.paging = new WindowPaging(limit);
  }

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public WindowPaging paging() {
    return paging;
  }

  @Override
  public Cut cut() {
    return Cut.array();
  }

  @Override
  public Item item(byte[] record) {
    Row row = Row.of(record);
    String id = row.nameIfThere("id");
    Instant inserted = row.instant("insertTime");
    Instant born = row.wrong() == null ? inserted : null;
    EntryState state = state(row.integer("status"));
    boolean changing = state != EntryState.SETTLED && state != EntryState.FAILED;
    if (id != null && !id.isEmpty()) {
      return Item.of(id, born, record).changing(row.wrong() == null && changing);
    }
    // Old captures lack the id. The amount is written canonically, so that padding changes no key.
    byte[] facts =
        Item.facts(
            row.name("coin"),
            String.valueOf(row.textIfThere("txId")),
            String.valueOf(row.textIfThere("address")),
            Decimals.text(row.amount("amount")),
            inserted.toString());
    return row.wrong() == null
        ? Item.byContent(facts, inserted, record).changing(changing)
        : Item.nameless(record);
  }

  /** Null for a status nobody documented. 6 is credited, though not yet free to be withdrawn. */
  private static @Nullable EntryState state(long status) {
    return switch (Math.clamp(status, -1, 99)) {
      case 1, 6 -> EntryState.SETTLED;
      case 0, 8 -> EntryState.PENDING;
      case 2, 7 -> EntryState.FAILED;
      default -> null;
    };
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String coin = row.name("coin");
    BigDecimal amount = row.amount("amount");
    EntryState state = state(row.integer("status"));
    Account wallet = Movement.wallet(row.integerOr("walletType", 0));
    boolean internal = row.integerOr("transferType", 0) == 1;
    String network = row.textIfThere("network");
    Instant inserted = row.instant("insertTime");
    Instant completed = row.instantIfThere("completeTime");
    String txid = row.textIfThere("txId");
    String id = row.nameIfThere("id");
    Details details =
        new Details()
            .with("asset", coin)
            .with("amount", Decimals.text(amount))
            .with("address", row.textIfThere("address"))
            .with("tag", row.textIfThere("addressTag"))
            .with("source_address", row.textIfThere("sourceAddress"))
            .with("txid", txid)
            .with("venue_id", id);
    String wrong = row.wrong();
    if (wrong != null || state == null || wallet == null) {
      return new Reading.Unread(wrong != null ? wrong : unknown(state));
    }
    List<Posting> postings = new ArrayList<>(1);
    if (state == EntryState.SETTLED) {
      Movement.post(postings, Movement.outside(internal, network), wallet, coin, amount);
    }
    Identity identity =
        Movement.identity("deposit", coin, txid, amount, inserted, id == null ? "" : id);
    // The balance grows when the deposit completes; the venue tells that since 2026-07-13.
    Instant at = state == EntryState.SETTLED && completed != null ? completed : inserted;
    return new Reading.Booked(
        new Entry(
            EntryKind.DEPOSIT, state, at, identity, null, network, details.asMap(), postings));
  }

  private static String unknown(@Nullable EntryState state) {
    return state == null ? "status is not a documented one" : "walletType is not a documented one";
  }
}
