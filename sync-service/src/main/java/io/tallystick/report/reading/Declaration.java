package io.tallystick.report.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tallystick.costbasis.IncomeKind;
import io.tallystick.kernel.PublicIds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person states about an entry, or about a time before the books: dated, in the log, and
 * never changed; a reversal takes it back.
 *
 * @param id the declaration's public id
 * @param entry the public id of the entry it is about; null for an opening balance
 * @param purpose what the entry was; null when only lots are stated
 * @param income what an income was for; null for other purposes
 * @param value worth at the time of the entry; null for the market's
 * @param connection the wallet of an opening balance; null otherwise
 * @param asset the asset of an opening balance; null otherwise
 * @param at when an opening balance was there; null otherwise
 * @param lots how units were acquired, or which were chosen for a disposal; may be empty
 * @param madeAt when the person decided; selections count only when that was in time
 * @param currency of the value and the costs; null for that of whatever report uses them, and then
 *     not in the canonical text
 */
public record Declaration(
    String id,
    Kind kind,
    @Nullable String entry,
    @Nullable Purpose purpose,
    @Nullable IncomeKind income,
    @Nullable BigDecimal value,
    @Nullable String connection,
    @Nullable String asset,
    @Nullable Instant at,
    List<Lot> lots,
    String declaredBy,
    String note,
    Instant madeAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String currency) {

  public Declaration {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(declaredBy);
    Objects.requireNonNull(note);
    Objects.requireNonNull(madeAt);
    lots = List.copyOf(lots);
  }

  /**
   * The same as a statement of this holder. An id tells its holder, and a person is another one
   * where he arrives, while the text is as it was written: what it names is all his own.
   */
  public Declaration of(long holder, UUID declaration, @Nullable UUID about) {
    PublicIds.Keyed wallet = PublicIds.connection(connection);
    return new Declaration(
        PublicIds.declaration(holder, declaration),
        kind,
        about == null ? null : PublicIds.entry(holder, about),
        purpose,
        income,
        value,
        wallet == null ? connection : PublicIds.connection(holder, wallet.key()),
        asset,
        at,
        lots.stream().map(lot -> lot.of(holder)).toList(),
        declaredBy,
        note,
        madeAt,
        currency);
  }

  /** Whether it states an amount of money without saying of which. */
  boolean unnamed() {
    return currency == null && (value != null || lots.stream().anyMatch(lot -> lot.cost() != null));
  }

  /** What is stated. */
  public enum Kind {
    /** What an entry was. */
    PURPOSE,
    /** When and for how much the units of an entry were acquired. */
    LOTS,
    /** Which lots a disposal used. */
    SELECTION,
    /** What was there before the books begin. */
    OPENING;

    /** The name in the API: lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this name; throws IllegalArgumentException when there is none. */
    public static Kind of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /** What an entry was. */
  public enum Purpose {
    /** To or from another wallet of the same person. */
    OWN_TRANSFER,
    /** Given or received for nothing. */
    GIFT,
    /** Given to charity. */
    DONATION,
    /** Paid for goods or services. */
    PAYMENT,
    /** Sold elsewhere. */
    SALE,
    /** Received as income. */
    INCOME,
    /** Lost or stolen. */
    LOSS;

    /** The name in the API: lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this name; throws IllegalArgumentException when there is none. */
    public static Purpose of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Units with their history.
   *
   * @param quantity units
   * @param acquired when they were acquired; null when not known, or for a selection
   * @param cost what they cost in the currency of the report; null for unknown, or for a selection
   * @param lot the entry or opening balance that acquired them, with a number behind it where that
   *     acquired several lots, for a selection; null otherwise
   * @param evidence where that is to be read, such as the name of a file; null when not said
   */
  public record Lot(
      BigDecimal quantity,
      @Nullable Instant acquired,
      @Nullable BigDecimal cost,
      @Nullable String lot,
      @Nullable String evidence) {

    public Lot {
      Objects.requireNonNull(quantity);
    }

    private Lot of(long holder) {
      return lot == null ? this : new Lot(quantity, acquired, cost, named(holder, lot), evidence);
    }

    private static String named(long holder, String lot) {
      int end = lot.indexOf('#') < 0 ? lot.length() : lot.indexOf('#');
      String id = lot.substring(0, end);
      PublicIds.Timed entry = PublicIds.entry(id);
      PublicIds.Timed opening = PublicIds.declaration(id);
      if (entry != null) {
        id = PublicIds.entry(holder, entry.id());
      } else if (opening != null) {
        id = PublicIds.declaration(holder, opening.id());
      }
      return id + lot.substring(end);
    }
  }
}
