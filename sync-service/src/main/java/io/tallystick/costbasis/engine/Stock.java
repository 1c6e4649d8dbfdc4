package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** A book from which units can be carried to another one: nothing in it ever waits. */
sealed interface Stock extends Book permits LotBook, PoolBook {

  /**
   * Takes units out without disposing of them, in the method's order or as named; fewer when fewer
   * are held. Named quantities count in the book's units, as the units wanted do.
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
