package io.tallystick.report.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table: named columns and rows of texts, {@code BigDecimal}s, {@code LocalDate}s, {@code
 * Instant}s, {@code Integer}s and blanks. Writers decide how each looks; a text stays a text.
 *
 * @param name of the table, as the API calls it
 * @param notes sentences that a reader of the table needs
 */
public record Sheet(
    String name, List<String> columns, List<List<@Nullable Object>> rows, List<String> notes) {

  /** Copies the lists. */
  public Sheet {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(new ArrayList<>(rows));
    notes = List.copyOf(notes);
  }

  /** Collects rows. */
  static final class Rows {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void add(@Nullable Object... cells) {
      rows.add(Collections.unmodifiableList(Arrays.asList(cells)));
    }

    void note(String note) {
      notes.add(note);
    }

    int size() {
      return rows.size();
    }

    Sheet sheet(String name, String... columns) {
      return new Sheet(name, List.of(columns), rows, notes);
    }
  }
}
