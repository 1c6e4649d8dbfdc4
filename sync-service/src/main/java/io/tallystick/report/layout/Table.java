package io.tallystick.report.layout;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables that a report can be laid out as. */
public enum Table {
  /** Every disposal with its lots. */
  DISPOSALS("Disposals with the lots that each used"),
  /** United States, Form 8949. */
  FORM_8949("Form 8949, sales and other dispositions", "us"),
  /** United States, beside Form 1099-DA. */
  FORM_1099_DA("Reconciliation with Form 1099-DA", "us"),
  /** United Kingdom, capital gains computation. */
  UK_CGT("Capital gains computation, United Kingdom", "uk"),
  /** Germany, Anlage SO. */
  ANLAGE_SO("Anlage SO, private Veräußerungsgeschäfte", "de"),
  /** Canada, Schedule 3. */
  SCHEDULE_3("Schedule 3, capital gains, Canada", "ca"),
  /** Japan, per asset and year. */
  JAPAN("Crypto-asset income by asset and year, Japan", "jp"),
  /** Receipts. */
  INCOME("Income"),
  /** What is held at the end. */
  HOLDINGS("Holdings"),
  /** Opening to closing. */
  ROLL_FORWARD("Roll-forward"),
  /** The same by wallet. */
  ROLL_FORWARD_BY_WALLET("Roll-forward by wallet"),
  /** What is unknown or odd. */
  UNMATCHED("What is unknown, and what to do"),
  /** What rests on a word or a rule. */
  ASSUMPTIONS("What the figures assume"),
  /** The books by account. */
  TRIAL_BALANCE("Trial balance"),
  /** Yearly totals for crypto-asset reporting. */
  CARF("Yearly totals by asset and kind (CARF, DAC8)");

  /**
   * Raised with every change of what a table shows of the same facts: by it a verifier knows
   * whether it would lay a table out as it was laid out then.
   */
  public static final int LAYOUT = 3;

  private final String title;
  private final @Nullable String profile;

  Table(String title) {
    this(title, null);
  }

  Table(String title, @Nullable String profile) {
    this.title = title;
    this.profile = profile;
  }

  /** The profile by whose rules alone it says what its form asks for; null when any will do. */
  public @Nullable String profile() {
    return profile;
  }

  /** Whether it can be laid out of a report by a profile. */
  public boolean fits(String other) {
    return profile == null || profile.equals(other);
  }

  /** The name for people. */
  public String title() {
    return title;
  }

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
      case FORM_8949 -> Form8949.of(facts);
      case FORM_1099_DA -> BrokerTables.form1099da(facts);
      case UK_CGT -> UkTables.computation(facts);
      case ANLAGE_SO -> FormTables.anlageSo(facts);
      case SCHEDULE_3 -> FormTables.schedule3(facts);
      case JAPAN -> JapanTables.japan(facts);
      case INCOME -> GenericTables.income(facts);
      case HOLDINGS -> StockTables.holdings(facts);
      case ROLL_FORWARD -> StockTables.rollForward(facts);
      case ROLL_FORWARD_BY_WALLET -> WalletTables.rollForward(facts);
      case UNMATCHED -> OpenTables.unmatched(facts);
      case ASSUMPTIONS -> OpenTables.assumptions(facts);
      case TRIAL_BALANCE -> GenericTables.trialBalance(facts);
      case CARF -> CarfTable.carf(facts);
    };
  }
}
