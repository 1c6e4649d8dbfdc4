package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * One inventory of one asset under one method. Quantities come in the book's own units, in which
 * every split so far is already expressed; operations come in order of time.
 */
sealed interface Book permits Book.Stock, ShareBook, SuperficialBook, YearBook {

  /** An empty book of the settings' method. */
  static Book fresh(Settings settings, Rows rows) {
    return switch (settings.method()) {
      case FIFO, LIFO, HIFO, LOFO, SPECIFIC, IRISH_FIFO -> new LotBook(settings, rows);
      case AVERAGE -> new PoolBook(settings, rows);
      case ACB -> new SuperficialBook(settings, rows);
      case TOTAL_AVERAGE -> new YearBook(settings, rows);
      case UK_SHARES -> new ShareBook(settings, rows);
    };
  }

  /** A book that {@link #write} wrote. */
  static Book read(StateReader in, Settings settings, Rows rows) {
    return switch (settings.method()) {
      case FIFO, LIFO, HIFO, LOFO, SPECIFIC, IRISH_FIFO -> LotBook.read(in, settings, rows);
      case AVERAGE -> PoolBook.read(in, settings, rows);
      case ACB -> SuperficialBook.read(in, settings, rows);
      case TOTAL_AVERAGE -> YearBook.read(in, settings, rows);
      case UK_SHARES -> ShareBook.read(in, settings, rows);
    };
  }

  void acquire(Op.Acquire op, BigDecimal units);

  void dispose(Op.Dispose op, BigDecimal units);

  /** Expresses everything, what still waits included, in new units. */
  void resize(BigDecimal factor);

  /** Takes over everything of a book of the same type whose asset is renamed to this one's. */
  void absorb(Book other);

  /** Every operation before this local day has been given: writes the rows that are now final. */
  void advance(LocalDate today);

  /** No more operations will come: writes what still waits as if nothing followed. */
  void close();

  /** What is left, unsettled operations excluded. */
  List<Lot> open();

  void write(StateWriter out);

  /** A book from which units can be carried to another one: nothing in it ever waits. */
  sealed interface Stock extends Book permits LotBook, PoolBook {

    /**
     * Takes units out without disposing of them, in the method's order or as named; fewer when
     * fewer are held. Named quantities count in the book's units, as the units wanted do.
     */
    List<Lot> withdraw(Source source, String asset, BigDecimal units, Selection selection);

    /** Puts units in with their cost and date. */
    void deposit(Lot lot);

    @Override
    default void advance(LocalDate today) {
      // Rows are written at once.
    }

    @Override
    default void close() {
      // Nothing waits.
    }

    @Override
    default void absorb(Book other) {
      other.open().forEach(this::deposit);
    }
  }
}
