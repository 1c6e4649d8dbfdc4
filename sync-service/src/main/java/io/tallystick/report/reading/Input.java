package io.tallystick.report.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tallystick.costbasis.Event;
import io.tallystick.valuation.Quote;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a computation is made from beside its settings: valued events, and what was assumed or
 * left open when the books were read as events.
 */
public record Input(
    List<Event> events,
    List<Assumption> assumptions,
    List<Unresolved> unresolved,
    List<String> declarations,
    List<Sum> trial,
    List<Root> sources,
    List<Statement> statements,
    List<Worth> worths) {

  public Input {
    events = List.copyOf(events);
    assumptions = List.copyOf(assumptions);
    unresolved = List.copyOf(unresolved);
    declarations = List.copyOf(declarations);
    trial = List.copyOf(trial);
    sources = List.copyOf(sources);
    statements = List.copyOf(statements);
    worths = List.copyOf(worths);
  }

  /**
   * What no chapter tells.
   *
   * @param declarations those that something rests on, sorted
   * @param worths what was held was worth at the ends of years, and at the last entry
   * @param complete the beginning of the day before which nothing is missing, for methods that look
   *     ahead; null when nobody knows, and then not in the canonical text
   */
  public record Rest(
      List<String> declarations,
      List<Sum> trial,
      List<Statement> statements,
      List<Worth> worths,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant complete) {
    /** Nothing yet. */
    public static final Rest NOTHING = new Rest(List.of(), List.of(), List.of(), List.of(), null);

    public Rest {
      declarations = List.copyOf(declarations);
      trial = List.copyOf(trial);
      statements = List.copyOf(statements);
      worths = List.copyOf(worths);
    }

    /** The same with what brokers stated. */
    public Rest with(List<Statement> stated) {
      return new Rest(declarations, trial, stated, worths, complete);
    }

    /** The same, known to be complete before a day. */
    public Rest until(@Nullable Instant day) {
      return new Rest(declarations, trial, statements, worths, day);
    }
  }

  /**
   * What one unit of an asset that was held was worth.
   *
   * @param end the first instant after the year at whose end; null for the instant of the last
   *     entry
   * @param price in the currency of the report; null when nobody said
   * @param quotes those that the price was made of
   */
  public record Worth(
      @Nullable Instant end, String asset, @Nullable BigDecimal price, List<Quote> quotes) {
    public Worth {
      quotes = List.copyOf(quotes);
    }
  }

  /** Chapters in their order, and the rest. */
  public static Input of(List<Chapter> chapters, Rest rest) {
    return new Input(
        chapters.stream().flatMap(one -> one.events().stream()).toList(),
        chapters.stream().flatMap(one -> one.assumptions().stream()).toList(),
        chapters.stream().flatMap(one -> one.unresolved().stream()).toList(),
        rest.declarations(),
        rest.trial(),
        chapters.stream().flatMap(one -> one.sources().stream()).toList(),
        rest.statements(),
        rest.worths());
  }

  /**
   * The entry, or the declaration, behind the name of an event or a lot: what stands before a
   * number that tells several of one entry apart.
   */
  public static String origin(String name) {
    int number = name.indexOf('#');
    return number < 0 ? name : name.substring(0, number);
  }

  /**
   * Something that rests on a person's word or a rule and not on evidence.
   *
   * @param entry whose figures rest on it
   */
  public record Assumption(String entry, String what) {}

  /**
   * Something that nobody has said.
   *
   * @param kind a stable code
   * @param remedy what to do about it, as a clause without a full stop
   */
  public record Unresolved(
      String kind, String entry, Instant at, String asset, BigDecimal quantity, String remedy) {}

  /** The revision of an entry that was read, and the record that it was read from. */
  public record Root(String entry, int revision, String evidence) {}

  /**
   * What a broker told the tax authority of a year's sales of an asset (US, Form 1099-DA).
   *
   * @param wallet the connection's public id
   * @param year the calendar year
   * @param units box 1c
   * @param proceeds box 1f, after transaction costs
   * @param basisReported box 2
   * @param basis box 1g; null when it was not supplied, and then not in the canonical text
   */
  public record Statement(
      String wallet,
      int year,
      String asset,
      BigDecimal units,
      BigDecimal proceeds,
      boolean basisReported,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal basis) {}

  /** What came into an account of the books and left it. */
  public record Sum(String account, String asset, BigDecimal in, BigDecimal out) {}
}
