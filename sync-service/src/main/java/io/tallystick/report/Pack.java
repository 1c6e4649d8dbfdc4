package io.tallystick.report;

import io.tallystick.report.StatementStore.Statement;
import io.tallystick.report.layout.Facts;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Declaration;
import io.tallystick.report.reading.Input;
import io.tallystick.valuation.PriceSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The evidence pack of a report: one archive with its statement, its input, its lines, its prices,
 * the declarations and the tables, the receipts of its consents, the proofs of the log, and a list
 * of their digests. The same report gives the same bytes once its leaves of the log are sealed.
 */
final class Pack {
  /** The list of digests: a file's SHA-256, two blanks and its name, a line each. */
  static final String MANIFEST = "SHA256SUMS";

  /** What a report says of itself. */
  static final String HEAD = "report.json";

  /** What it was computed from: chapters, one JSON a line. */
  static final String INPUT = "input.jsonl";

  /** What no chapter tells. */
  static final String REST = "rest.json";

  /** What was computed, one JSON a line. */
  static final String LINES = "lines.jsonl";

  /** The prices it used. */
  static final String PRICES = "prices.tsv";

  /** Leaves of the access log, with what proves each under a signed checkpoint. */
  static final String LOG = "access-log.json";

  /** The signed receipts of the consents by whose leave it was made. */
  static final String CONSENTS = "consents.json";

  /** What venues and chains call the entries of disposals: id and words, a line each. */
  static final String IDS = "ids.tsv";

  /** The sums and remarks that belong to the tables. */
  static final String NOTES = "tables/notes.txt";

  /** The digest over lines, open lots and sums. */
  static final String RESULT = "result.sha256";

  // The first of January would be written with the zone of the machine.
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

  private Pack() {}

  /** The archive of a report. */
  static byte[] of(
      Reports.Made report,
      Tables.Source source,
      List<Statement> statements,
      Proving.Proofs proofs) {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(HEAD, bytes(report.stored().head()));
    files.put(INPUT, bytes(text(source.chapters())));
    files.put(REST, bytes(Canon.text(source.rest())));
    files.put(LINES, bytes(text(source.lines())));
    files.put(PRICES, bytes(prices(source.chapters(), source.rest()).text()));
    files.put(IDS, bytes(ids(source.ids())));
    files.put(RESULT, bytes(report.stored().result() + "\n"));
    files.put(LOG, bytes(Canon.text(proofs.log()) + "\n"));
    files.put(CONSENTS, bytes(Canon.text(proofs.consents()) + "\n"));
    List<String> used = report.head().declarations();
    StringBuilder declarations = new StringBuilder();
    for (Statement one : statements) {
      Declaration said = one.said();
      if (said != null && used.contains(said.id())) {
        declarations.append(Canon.text(said)).append('\n');
      }
    }
    files.put("declarations.jsonl", bytes(declarations.toString()));
    tables(report.head(), source).forEach((name, text) -> files.put(name, bytes(text)));
    return archive(withManifest(files));
  }

  /** Every table of the profile as it is in a pack, and what is to be said of them, by name. */
  static Map<String, String> tables(ReportHead head, Tables.Source source) {
    Facts facts = Tables.facts(head, source, true, null);
    Map<String, String> files = new TreeMap<>();
    StringBuilder notes = new StringBuilder(FirstPage.period(head, null)).append('\n');
    for (Table table : Table.values()) {
      if (!table.fits(head.profile())) {
        continue;
      }
      Sheet sheet = table.of(facts);
      files.put(table(table), SheetFiles.csv(sheet));
      notes.append(table.title()).append(" (").append(table.code()).append(".csv)\n");
      sheet.notes().forEach(note -> notes.append("  ").append(note).append('\n'));
    }
    files.put(NOTES, notes.toString());
    return files;
  }

  private static String ids(Map<String, String> ids) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(ids)
        .forEach(
            (entry, words) -> text.append(entry).append('\t').append(oneLine(words)).append('\n'));
    return text.toString();
  }

  private static String oneLine(String words) {
    return words.replaceAll("[\t\r\n]", " ");
  }

  /** The ids again, by entry. */
  static Map<String, String> ids(String text) {
    Map<String, String> ids = new HashMap<>();
    text.lines()
        .map(line -> line.split("\t", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> ids.put(pair[0], pair[1]));
    return ids;
  }

  /** Records as canonical text, one a line. */
  static String text(List<?> records) {
    StringBuilder text = new StringBuilder();
    records.forEach(one -> text.append(Canon.text(one)).append('\n'));
    return text.toString();
  }

  /** All prices that were used, as one set. */
  static PriceSet prices(List<Chapter> chapters, Input.Rest rest) {
    return PriceSet.of(
        Stream.concat(
                chapters.stream().flatMap(one -> one.quotes().stream()),
                rest.worths().stream().flatMap(one -> one.quotes().stream()))
            .toList());
  }

  /** Where a table is. */
  static String table(Table table) {
    return "tables/" + table.code() + ".csv";
  }

  /** The files with the list of their digests beside them. */
  static Map<String, byte[]> withManifest(Map<String, byte[]> files) {
    Map<String, byte[]> all = new TreeMap<>(files);
    StringBuilder sums = new StringBuilder();
    files.forEach((name, content) ->
        sums.append(Canon.digest(content)).append("  ").append(name).append('\n'));
    all.put(MANIFEST, bytes(sums.toString()));
    return all;
  }

  /** An archive of files, stored as they are, in order of name, without times. */
  static byte[] archive(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        CRC32 sum = new CRC32();
        sum.update(file.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(file.getValue().length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(EPOCH);
        archive.putNextEntry(entry);
        archive.write(file.getValue());
        archive.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
