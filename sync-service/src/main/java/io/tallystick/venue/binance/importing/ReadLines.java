package io.tallystick.venue.binance.importing;

import io.tallystick.venue.Exports;
import io.tallystick.venue.binance.exports.CashRecord;
import io.tallystick.venue.binance.exports.ExportRecord;
import io.tallystick.venue.binance.exports.Fill;
import io.tallystick.venue.binance.exports.FuturesRecord;
import io.tallystick.venue.binance.exports.MarginRecord;
import io.tallystick.venue.binance.exports.Moment;
import io.tallystick.venue.binance.exports.OrderRecord;
import io.tallystick.venue.binance.exports.Row;
import io.tallystick.venue.binance.exports.RowFault;
import io.tallystick.venue.binance.exports.Rows;
import io.tallystick.venue.binance.exports.TxId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one export, each with what it means. */
final class ReadLines implements Exports.Lines {
  private final Rows rows;
  private final Meanings meanings;

  ReadLines(Rows rows, Meanings meanings) {
    this.rows = rows;
    this.meanings = meanings;
  }

  @Override
  public Exports.Line next() throws IOException {
    return switch (rows.next()) {
      case Row.Good(long number, ExportRecord record) -> told(number, record);
      case Row.Bad(RowFault fault) ->
          new Exports.Line.Broken(
              fault.line(), fault.column(), fault.code(), fault.reason(), fault.remedy());
      case Row.End end -> new Exports.Line.End(end.whole(), end.lastLineOpen());
    };
  }

  private Exports.Line told(long number, ExportRecord record) {
    Exports.Meaning meaning = meanings.of(record);
    if (meaning == null && record instanceof MarginRecord) {
      return new Exports.Line.Broken(
          number,
          "Type",
          "unknown-type",
          "Nobody knows whether this is a loan or a repayment.",
          "Import the statement of the period: it tells the row with its sign.");
    }
    if (meaning == null) {
      return new Exports.Line.Broken(
          number,
          "",
          "unknown-market",
          "Nobody knows the assets of this pair.",
          "Connect the account by a key once, or import the statement of the period.");
    }
    // Taken at the full minute it would be another event than the one that other sources tell.
    if (!(meaning instanceof Exports.Meaning.Nothing) && isSecondLost(record)) {
      return new Exports.Line.Broken(
          number,
          "",
          "seconds-lost",
          "The time has no seconds.",
          "Download the file again and do not save it in a spreadsheet.");
    }
    return new Exports.Line.Told(number, rows.raw(), account(record), meaning);
  }

  /** Whether the row is known by its second, and does not tell it. */
  private static boolean isSecondLost(ExportRecord record) {
    return switch (record) {
      case Fill fill -> isMinute(fill.at());
      case OrderRecord.OrderFill below -> isMinute(below.fill().at());
      case OrderRecord.Order order -> isMinute(order.placed()) || isMinute(order.updated());
      case ExportRecord.StatementLine line -> isMinute(line.at());
      case ExportRecord.ConvertOrder convert -> isMinute(convert.at());
      case CashRecord.CryptoMovement move ->
          move.txId().form() == TxId.Form.NONE && isMinute(move.at());
      case CashRecord.FiatMovement _,
          CashRecord.FiatPurchase _,
          ExportRecord.PeerOrder _,
          ExportRecord.TaxLine _ ->
          false;
      case ExportRecord.EarnInterest interest -> isMinute(interest.at());
      case ExportRecord.StakeSwap swap -> isMinute(swap.at());
      case ExportRecord.AutoInvestBuy buy -> isMinute(buy.at());
      case ExportRecord.DustSwap dust -> isMinute(dust.at());
      case MarginRecord.Loan loan -> isMinute(loan.at());
      case MarginRecord.Interest interest -> isMinute(interest.at());
      case FuturesRecord.Income income -> isMinute(income.at());
      case FuturesRecord.FuturesFill fill -> isMinute(fill.at());
      case FuturesRecord.Position _ -> false;
    };
  }

  private static boolean isMinute(@Nullable Moment moment) {
    return moment != null && moment.precision() == Moment.Precision.MINUTE;
  }

  private static @Nullable String account(ExportRecord record) {
    return record instanceof ExportRecord.StatementLine line
        ? line.user()
        : record instanceof FuturesRecord.FuturesFill fill ? fill.user() : null;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
