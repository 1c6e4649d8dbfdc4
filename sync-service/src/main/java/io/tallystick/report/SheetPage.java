package io.tallystick.report;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table as a page to print. What is the same in every row of a wide table is said once above it,
 * and what is blank in every row is left out, so that the rest can be read on paper.
 */
final class SheetPage {
  // So many columns fit on a page as they are.
  private static final int WIDE = 12;
  private static final int LONG_WORD = 16;

  private static final Template ONE =
      Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .addResultMapper(new HtmlEscaper(List.of("text/html")))
          .build()
          .parse(
              """
              <!doctype html>
              <html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
              body { font: 9pt sans-serif } h1 { font-size: 14pt; margin: 0 0 4px }
              p { margin: 2px 0 } .warn { font-weight: bold }
              table { border-collapse: collapse; width: 100%; margin: 8px 0 }
              .wide { font-size: 6.5pt }
              th, td { border-bottom: 1px solid #999; padding: 2px 4px; text-align: left;
                vertical-align: top }
              th { vertical-align: bottom }
              td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
              td.d { white-space: nowrap } td.x { overflow-wrap: anywhere; min-width: 9em }
              thead { display: table-header-group } tr { break-inside: avoid }
              @page { size: A4 landscape; margin: 10mm }
              </style></head><body><h1>{title}</h1>
              {#for line in head}<p{#if line.warning} class="warn"{/if}>{line.text}</p>{/for}
              <table{#if wide} class="wide"{/if}><thead><tr>
              {#for column in columns}<th>{column}</th>{/for}</tr></thead><tbody>
              {#for row in rows}<tr>
              {#for cell in row}<td{#if cell.kind} class="{cell.kind}"{/if}>{cell.text}</td>{/for}</tr>
              {/for}</tbody></table>
              {#for note in notes}<p>{note}</p>{/for}
              </body></html>
              """,
              Variant.forContentType("text/html"), "report-page");

  private final Sheet sheet;
  private final List<Integer> kept = new ArrayList<>();
  private final List<String> same = new ArrayList<>();
  private final List<String> blank = new ArrayList<>();

  private SheetPage(Sheet sheet) {
    this.sheet = sheet;
  }

  /** A cell: {@code n} a number, {@code d} a day or an instant, {@code x} a long word. */
  record Cell(String text, @Nullable String kind) {}

  /** A paragraph above the table. */
  record Said(String text, boolean warning) {}

  static String of(Sheet sheet, List<String> head) {
    return new SheetPage(sheet).render(head);
  }

  private String render(List<String> head) {
    for (int column = 0; column < sheet.columns().size(); column++) {
      sort(column);
    }
    List<String> notes = new ArrayList<>(sheet.notes());
    if (!same.isEmpty()) {
      notes.addFirst("the same in every row: " + String.join(", ", same));
    }
    if (!blank.isEmpty()) {
      notes.addFirst("blank in every row: " + String.join(", ", blank));
    }
    if (sheet.rows().stream().anyMatch(this::shortened)) {
      notes.add(SheetFiles.SHORTENED);
    }
    Table table = Table.of(sheet.name());
    return ONE.data("title", table == null ? sheet.name() : table.title())
        .data("head", head.stream().map(SheetPage::said).toList())
        .data("wide", kept.size() > WIDE)
        .data("columns", kept.stream().map(this::name).toList())
        .data("rows", sheet.rows().stream().map(this::cells).toList())
        .data("notes", notes)
        .render();
  }

  private static Said said(String line) {
    return new Said(line, line.startsWith("INCOMPLETE") || line.startsWith("REFUSED"));
  }

  private String name(int column) {
    return sheet.columns().get(column).replace('_', ' ');
  }

  private void sort(int column) {
    List<String> texts =
        sheet.rows().stream()
            .map(row -> SheetFiles.text(row.get(column)))
            .distinct()
            .limit(2)
            .toList();
    if (sheet.columns().size() <= WIDE || sheet.rows().size() < 2 || texts.size() > 1) {
      kept.add(column);
    } else if (texts.getFirst().isEmpty()) {
      blank.add(name(column));
    } else {
      same.add(name(column) + " " + texts.getFirst());
    }
  }

  private boolean shortened(List<@Nullable Object> row) {
    return kept.stream()
        .anyMatch(column -> !Objects.equals(SheetFiles.shown(row.get(column)), row.get(column)));
  }

  private List<Cell> cells(List<@Nullable Object> row) {
    return kept.stream().map(column -> cell(SheetFiles.shown(row.get(column)))).toList();
  }

  private static Cell cell(@Nullable Object shown) {
    return switch (shown) {
      case BigDecimal number when number.scale() == 2 -> new Cell(number.toPlainString(), "n");
      case Number number -> new Cell(SheetFiles.text(number), "n");
      case LocalDate day -> new Cell(SheetFiles.text(day), "d");
      case Instant instant -> new Cell(SheetFiles.text(instant), "d");
      case null -> new Cell("", null);
      case Object other -> text(SheetFiles.text(other));
    };
  }

  private static Cell text(String text) {
    for (String word : text.split(" ", -1)) {
      if (word.length() > LONG_WORD) {
        return new Cell(text, "x");
      }
    }
    return new Cell(text, null);
  }
}
