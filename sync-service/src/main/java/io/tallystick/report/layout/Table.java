package io.tallystick.report.layout;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables that a report can be laid out as. */
public enum Table {
  /** Every disposal with its lots. */
  DISPOSALS,
  /** United States, Form 8949. */
  FORM_8949,
  /** United States, beside Form 1099-DA. */
  FORM_1099_DA,
  /** United Kingdom, capital gains computation. */
  UK_CGT,
  /** Germany, Anlage SO. */
  ANLAGE_SO,
  /** Canada, Schedule 3. */
  SCHEDULE_3,
  /** Japan, per asset and year. */
  JAPAN,
  /** Receipts. */
  INCOME,
  /** What is held at the end. */
  HOLDINGS,
  /** Opening to closing. */
  ROLL_FORWARD,
  /** What is unknown or odd. */
  UNMATCHED,
  /** The books by account. */
  TRIAL_BALANCE,
  /** Yearly totals for crypto-asset reporting. */
  CARF;

  /** The name in the API: lower case, hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The table of this name; null when there is none. */
  public static @Nullable Table of(String code) {
    for (Table table : values()) {
      if (table.code().equals(code)) {
        return table;
      }
    }
    return null;
  }

  /** The table of these facts. */
  public Sheet of(Facts facts) {
    return switch (this) {
      case DISPOSALS -> GenericTables.disposals(facts);
      case FORM_8949 -> FormTables.form8949(facts);
      case FORM_1099_DA -> BrokerTables.form1099da(facts);
      case UK_CGT -> FormTables.ukComputation(facts);
      case ANLAGE_SO -> FormTables.anlageSo(facts);
      case SCHEDULE_3 -> FormTables.schedule3(facts);
      case JAPAN -> FormTables.japan(facts);
      case INCOME -> GenericTables.income(facts);
      case HOLDINGS -> StockTables.holdings(facts);
      case ROLL_FORWARD -> StockTables.rollForward(facts);
      case UNMATCHED -> GenericTables.unmatched(facts);
      case TRIAL_BALANCE -> GenericTables.trialBalance(facts);
      case CARF -> StockTables.carf(facts);
    };
  }
}
