package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Ratio;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Lot.Gift;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A primitive operation on one asset. Operations of one instant are performed by phase. */
sealed interface Op {

  int RENAME = 0;
  int ACQUIRE = 1;
  int WITHHELD = 2;
  int MOVE = 3;
  int DISPOSE = 4;
  int FEE = 5;

  /** By phase, then by entry; what one entry does in one phase keeps its own order. */
  Comparator<Op> ORDER =
      Comparator.comparingInt(Op::phase).thenComparing(op -> op.source().entry());

  Source source();

  int phase();

  /** Units enter; the cost includes fees. */
  record Acquire(
      Source source,
      AcquisitionKind kind,
      String asset,
      BigDecimal quantity,
      Amount cost,
      Instant acquired,
      @Nullable Gift gift)
      implements Op {

    Acquire(
        Source source,
        AcquisitionKind kind,
        String asset,
        BigDecimal quantity,
        Amount cost,
        Instant acquired) {
      this(source, kind, asset, quantity, cost, acquired, null);
    }

    /**
     * When the units came to be owned; null when nobody says. Who only brings units to where they
     * are seen acquires nothing at that moment, so what was declared counts.
     */
    @Nullable Instant bought() {
      return switch (kind) {
        case OPENING, UNLINKED_DEPOSIT, CORRECTION ->
            acquired.equals(OpenLot.UNDATED) || !acquired.isBefore(source.at()) ? null : acquired;
        case PURCHASE, SWAP, INCOME, FREE, GIFT, REFUND, REBATE, SETTLEMENT -> source.at();
      };
    }

    @Override
    public int phase() {
      return ACQUIRE;
    }
  }

  /** Units leave. */
  record Dispose(
      Source source,
      DisposalKind kind,
      String asset,
      BigDecimal quantity,
      Amount gross,
      Amount sellingCosts,
      Selection selection,
      boolean recognised,
      int phase)
      implements Op {

    boolean fromOwnLot() {
      return phase == WITHHELD;
    }
  }

  /** Units change wallets. */
  record Move(Source source, String to, String asset, BigDecimal quantity, Selection selection)
      implements Op {
    @Override
    public int phase() {
      return MOVE;
    }
  }

  /** Some units of an asset become units of another, cost and dates carried. */
  record Carry(Source source, String asset, BigDecimal quantity, String to, BigDecimal received)
      implements Op {
    @Override
    public int phase() {
      return MOVE;
    }
  }

  /** All units of an asset become ratio units, of another asset when the names differ. */
  record Rename(Source source, String asset, String to, Ratio ratio) implements Op {
    @Override
    public int phase() {
      return RENAME;
    }
  }

  /** The holder's allocation of basis to wallets. */
  record Allocate(Source source, String asset, List<Event.Allocated.Share> shares) implements Op {
    @Override
    public int phase() {
      return RENAME;
    }
  }

  /** A line that needs no matching, said in its turn. */
  record Say(Line line) implements Op {
    @Override
    public Source source() {
      return line.source();
    }

    @Override
    public int phase() {
      return ACQUIRE;
    }
  }
}
