package io.tallystick.report.packing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Writes values of one type as bytes and reads them again. A type is a record, or a sealed
 * interface of records, of texts, amounts, instants, numbers, flags, words of an enum, lists, and
 * such records again. A text is written once and then referred to by its number.
 */
public final class Packing<T> {
  /** Raised with every change of what is written; bytes of another layout are not read. */
  public static final int LAYOUT = 1;

  private final Class<T> type;
  private final Shape shape;

  private Packing(Class<T> type) {
    this.type = type;
    this.shape = Shape.of(type);
  }

  /** The packing of a type; throws IllegalArgumentException on a type that has none. */
  public static <T> Packing<T> of(Class<T> type) {
    return new Packing<>(type);
  }

  /** A row of values that are written as they come. */
  public final class Row {
    private final PackedBytes out = new PackedBytes();
    private int size;

    private Row() {
      out.number(LAYOUT);
    }

    /** Writes the next value. */
    public void add(T value) {
      shape.write(value, out);
      size++;
    }

    /** How many were written. */
    public int size() {
      return size;
    }

    /** The bytes of all of them. */
    public byte[] bytes() {
      return out.bytes();
    }
  }

  /** Begins a row. */
  public Row row() {
    return new Row();
  }

  /** The bytes of values in this order. */
  public byte[] write(Iterable<? extends T> values) {
    Row row = row();
    for (T value : values) {
      row.add(value);
    }
    return row.bytes();
  }

  /**
   * The values again; throws IllegalArgumentException on anything that {@link #write} did not
   * write.
   */
  public List<T> read(byte[] bytes) {
    PackedInput in = new PackedInput(bytes);
    if (in.number() != LAYOUT) {
      throw new IllegalArgumentException("packed in another layout");
    }
    List<T> values = new ArrayList<>();
    while (in.more()) {
      values.add(type.cast(shape.read(in)));
    }
    return values;
  }

  /** Deflates. */
  public static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(Math.max(64, bytes.length / 3));
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, fast, 1 << 16)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return packed.toByteArray();
  }

  /** Inflates. */
  public static byte[] inflate(byte[] packed) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
