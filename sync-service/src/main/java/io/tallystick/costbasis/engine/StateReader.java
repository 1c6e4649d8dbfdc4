package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Lot.Gift;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {

  private final ByteBuffer in;

  /** Throws IllegalArgumentException on bytes of another layout: recompute from the start. */
  StateReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
    int layout = count();
    if (layout != StateWriter.LAYOUT) {
      throw new IllegalArgumentException("saved state of layout " + layout);
    }
  }

  int count() {
    return in.getInt();
  }

  boolean flag() {
    return in.get() != 0;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[count()];
    in.get(bytes);
    return bytes;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  BigDecimal decimal() {
    int scale = count();
    return flag()
        ? BigDecimal.valueOf(in.getLong(), scale)
        : new BigDecimal(new BigInteger(bytes()), scale);
  }

  Amount amount() {
    return flag()
        ? Amount.of(decimal())
        : new Amount.Unknown(Amount.Cause.valueOf(text()), text(), count());
  }

  Instant instant() {
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  LocalDate day() {
    return LocalDate.ofEpochDay(in.getLong());
  }

  Source source() {
    return new Source(text(), instant(), text());
  }

  Lot lot() {
    String id = text();
    Instant acquired = instant();
    BigDecimal units = decimal();
    Amount cost = amount();
    Lot lot =
        flag()
            ? new Lot(id, acquired, units, cost)
            : new Lot(id, acquired, List.of(id), units, cost, decimal(), amount());
    if (flag()) {
      lot.gift = Gift.read(this);
    }
    return lot;
  }

  Op op() {
    Source source = source();
    if (flag()) {
      return new Op.Acquire(
          source, AcquisitionKind.valueOf(text()), text(), decimal(), amount(), instant());
    }
    return new Op.Dispose(
        source,
        DisposalKind.valueOf(text()),
        text(),
        decimal(),
        amount(),
        amount(),
        Selection.NONE,
        flag(),
        count());
  }
}
