package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Lot.Gift;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Writes the state of one asset as bytes; {@link StateReader} is its mirror. */
final class StateWriter {

  /** Raised with every change of the layout; a state of another layout is not read. */
  static final int LAYOUT = 2;

  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
  private final DataOutputStream out = new DataOutputStream(bytes);

  StateWriter() {
    count(LAYOUT);
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** Memory does not fail; the checked exception is the stream interface's. */
  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  void count(int value) {
    write(() -> out.writeInt(value));
  }

  void flag(boolean value) {
    write(() -> out.writeBoolean(value));
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    count(utf8.length);
    bytes(utf8);
  }

  private void bytes(byte[] value) {
    write(() -> out.write(value));
  }

  void decimal(BigDecimal value) {
    count(value.scale());
    BigInteger unscaled = value.unscaledValue();
    boolean small = unscaled.compareTo(LONG_MIN) >= 0 && unscaled.compareTo(LONG_MAX) <= 0;
    flag(small);
    if (small) {
      write(() -> out.writeLong(unscaled.longValue()));
    } else {
      byte[] digits = unscaled.toByteArray();
      count(digits.length);
      bytes(digits);
    }
  }

  void amount(Amount value) {
    flag(value.known());
    switch (value) {
      case Amount.Known(BigDecimal known) -> decimal(known);
      case Amount.Unknown unknown -> {
        text(unknown.cause().name());
        text(unknown.entry());
        count(unknown.others());
      }
    }
  }

  void instant(Instant value) {
    write(() -> {
      out.writeLong(value.getEpochSecond());
      out.writeInt(value.getNano());
    });
  }

  void day(LocalDate value) {
    write(() -> out.writeLong(value.toEpochDay()));
  }

  void source(Source value) {
    text(value.entry());
    instant(value.at());
    text(value.wallet());
  }

  void lot(Lot lot) {
    text(lot.id);
    instant(lot.acquired);
    decimal(lot.units);
    amount(lot.cost);
    boolean whole = lot.cost.equals(lot.firstCost) && lot.units.compareTo(lot.firstUnits) == 0;
    flag(whole);
    if (!whole) {
      decimal(lot.firstUnits);
      amount(lot.firstCost);
    }
    Gift gift = lot.gift;
    flag(gift != null);
    if (gift != null) {
      gift.write(this);
    }
  }

  /** An operation that can wait: an acquisition or a disposal without named lots. */
  void op(Op op) {
    source(op.source());
    switch (op) {
      case Op.Acquire acquire -> {
        flag(true);
        text(acquire.kind().name());
        text(acquire.asset());
        decimal(acquire.quantity());
        amount(acquire.cost());
        instant(acquire.acquired());
      }
      case Op.Dispose dispose -> {
        flag(false);
        text(dispose.kind().name());
        text(dispose.asset());
        decimal(dispose.quantity());
        amount(dispose.gross());
        amount(dispose.sellingCosts());
        flag(dispose.recognised());
        count(dispose.phase());
      }
      case Op.Move _, Op.Carry _, Op.Rename _, Op.Allocate _, Op.Say _ ->
          throw new IllegalStateException("never waits: " + op.source().entry());
    }
  }
}
