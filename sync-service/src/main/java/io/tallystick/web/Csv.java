package io.tallystick.web;

import io.tallystick.kernel.Decimals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Flat records as RFC 4180 text with a header line, safe to open in a spreadsheet: a text cell that
 * a spreadsheet would take for a formula gets a leading apostrophe. Columns of numbers keep their
 * minus sign (OWASP ASVS 5.0, 1.2.10, with that one documented deviation). Lists become texts
 * separated by blanks, maps {@code name=value} separated by {@code "; "}, null an empty cell. A
 * record in a list says its own {@link Word}, or there is no such table.
 */
public final class Csv {
  /** The media type. */
  public static final String MEDIA_TYPE = "text/csv";

  /** The media type as the second choice: who asks for nothing in particular gets JSON. */
  public static final String SECOND_CHOICE = "text/csv;qs=0.5";

  private static final String FORMULA_STARTS = "=+-@\t\r";

  private Csv() {}

  /** A record that has a form among others in one cell. */
  public interface Word {
    /** Its text there, without blanks. */
    String word();
  }

  private record Column(String name, Function<Object, @Nullable Object> value) {}

  /** The rows; the header comes from the record's components, in snake_case. */
  public static <R> String of(Class<R> type, List<? extends R> rows) {
    List<Column> columns = columns("", type, row -> row);
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(columns.stream().map(Column::name).toList());
      for (R row : rows) {
        printer.printRecord(
            columns.stream().map(column -> cell(column.value().apply(row))).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory cannot fail", e);
    }
    return text.toString();
  }

  /** A table whose columns are known only when it is made; cells as in {@link #of}. */
  public static String table(List<String> columns, List<? extends List<?>> rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(columns);
      for (List<?> row : rows) {
        printer.printRecord(row.stream().map(Csv::cell).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory cannot fail", e);
    }
    return text.toString();
  }

  /** One row of such a table, without its header. */
  public static String row(List<?> cells) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(cells.stream().map(Csv::cell).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory cannot fail", e);
    }
    return text.toString();
  }

  // A record inside a record becomes columns of its own, named outer_inner.
  private static List<Column> columns(
      String prefix, Class<?> type, Function<Object, @Nullable Object> owner) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException("rows of a table must be records");
    }
    List<Column> columns = new ArrayList<>();
    for (RecordComponent component : components) {
      String name = prefix + Json.snakeCase(component.getName());
      Function<Object, @Nullable Object> value =
          row -> {
            Object holding = owner.apply(row);
            return holding == null ? null : value(holding, component);
          };
      if (component.getType().isRecord()) {
        columns.addAll(columns(name + "_", component.getType(), value));
      } else {
        columns.add(new Column(name, value));
      }
    }
    return columns;
  }

  private static @Nullable Object value(Object row, RecordComponent column) {
    try {
      Method accessor = column.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an accessor of a record cannot fail", e);
    }
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal amount -> Decimals.text(amount);
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case Boolean flag -> flag.toString();
      case Instant instant -> Times.text(instant);
      case Collection<?> list ->
          safe(list.stream().map(Csv::word).collect(Collectors.joining(" ")));
      case Map<?, ?> map ->
          safe(
              map.entrySet().stream()
                  .map(pair -> pair.getKey() + "=" + pair.getValue())
                  .collect(Collectors.joining("; ")));
      default -> safe(value.toString());
    };
  }

  // As Java writes records nobody reads them: what has no word of its own needs a line for each.
  private static String word(@Nullable Object value) {
    return switch (value) {
      case Word one -> one.word();
      case Record _ ->
          throw new IllegalArgumentException("a cell of a table cannot hold a list of records");
      case null, default -> String.valueOf(value);
    };
  }

  private static String safe(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }
}
